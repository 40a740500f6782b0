<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Patchbay %1</source>
        <translation>Patchbay %1</translation>
    </message>
    <message>
        <source>Qt %1 · free software</source>
        <translation>Qt %1 · 自由软件</translation>
    </message>
    <message>
        <source>Measured in this window</source>
        <translation>本窗口实测</translation>
    </message>
    <message>
        <source>Start to first frame</source>
        <translation>启动到首帧</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 MiB</source>
        <translation>%1 MiB</translation>
    </message>
    <message>
        <source>Frame time, 99th percentile</source>
        <translation>帧时间（第 99 百分位）</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Stop the reply, else close what is open</source>
        <translation>停止回复，否则关闭已打开的面板</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Next chat</source>
        <translation>下一个对话</translation>
    </message>
    <message>
        <source>Previous chat</source>
        <translation>上一个对话</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>搜索所有对话</translation>
    </message>
    <message>
        <source>Choose the model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Rename this chat</source>
        <translation>重命名此对话</translation>
    </message>
    <message>
        <source>Pin or unpin this chat</source>
        <translation>置顶或取消置顶此对话</translation>
    </message>
    <message>
        <source>Duplicate this chat</source>
        <translation>复制此对话</translation>
    </message>
    <message>
        <source>Export this chat</source>
        <translation>导出此对话</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Delete this chat</source>
        <translation>删除此对话</translation>
    </message>
    <message>
        <source>Go to the composer</source>
        <translation>转到输入框</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Edit the last message (in an empty composer)</source>
        <translation>编辑上一条消息（输入框为空时）</translation>
    </message>
    <message>
        <source>Regenerate the reply</source>
        <translation>重新生成回复</translation>
    </message>
    <message>
        <source>Previous version of the message</source>
        <translation>消息的上一个版本</translation>
    </message>
    <message>
        <source>Next version of the message</source>
        <translation>消息的下一个版本</translation>
    </message>
    <message>
        <source>Copy the last reply</source>
        <translation>复制最后一条回复</translation>
    </message>
    <message>
        <source>Copy the last code block</source>
        <translation>复制最后一个代码块</translation>
    </message>
    <message>
        <source>Jump to the newest message</source>
        <translation>跳到最新消息</translation>
    </message>
    <message>
        <source>Scroll up one page</source>
        <translation>向上滚动一页</translation>
    </message>
    <message>
        <source>Scroll down one page</source>
        <translation>向下滚动一页</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Normal size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>First page</source>
        <translation>第一个页面</translation>
    </message>
    <message>
        <source>Second page</source>
        <translation>第二个页面</translation>
    </message>
    <message>
        <source>Third page</source>
        <translation>第三个页面</translation>
    </message>
    <message>
        <source>Fourth page</source>
        <translation>第四个页面</translation>
    </message>
    <message>
        <source>Fifth page</source>
        <translation>第五个页面</translation>
    </message>
    <message>
        <source>Sixth page</source>
        <translation>第六个页面</translation>
    </message>
    <message>
        <source>Seventh page</source>
        <translation>第七个页面</translation>
    </message>
    <message>
        <source>Eighth page</source>
        <translation>第八个页面</translation>
    </message>
    <message>
        <source>Ninth page</source>
        <translation>第九个页面</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Text and controls together, from 80% to 200%.</source>
        <translation>文字与控件一同缩放，80% 到 200%。</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <source>Without fades and slides.</source>
        <translation>不使用淡入淡出与滑动。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Replies</source>
        <translation>回复</translation>
    </message>
    <message>
        <source>Wrap long lines of code</source>
        <translation>代码长行自动换行</translation>
    </message>
    <message>
        <source>Reset all settings</source>
        <translation>重置所有设置</translation>
    </message>
    <message>
        <source>Reset all settings?</source>
        <translation>要重置所有设置吗？</translation>
    </message>
    <message>
        <source>Language, theme, size, send key and the other choices of these pages go back to their defaults. Providers, keys, shortcuts and chats stay.</source>
        <translation>语言、主题、大小、发送键以及这些页面上的其他选项将恢复默认值。提供商、密钥、快捷键和对话保持不变。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
</context>
<context>
    <name>Attachment</name>
    <message>
        <source>This kind of file cannot be attached. Pictures (PNG, JPEG, WebP, GIF), PDF and text files can.</source>
        <translation>无法添加此类文件。可以添加图片（PNG、JPEG、WebP、GIF）、PDF 和文本文件。</translation>
    </message>
    <message>
        <source>This file is empty.</source>
        <translation>此文件是空的。</translation>
    </message>
    <message>
        <source>%1 of %2 is too large to attach; the limit is %3.</source>
        <translation>%1（%2）太大，无法添加；上限为 %3。</translation>
    </message>
    <message>
        <source>This link leads to a file that is not there.</source>
        <translation>此链接指向的文件不存在。</translation>
    </message>
    <message>
        <source>This file is not there any more.</source>
        <translation>此文件已不存在。</translation>
    </message>
    <message>
        <source>This is a folder. Attach the files in it.</source>
        <translation>这是一个文件夹。请添加其中的文件。</translation>
    </message>
    <message>
        <source>This is not a regular file and cannot be attached.</source>
        <translation>这不是普通文件，无法添加。</translation>
    </message>
    <message>
        <source>This file cannot be opened: you have no right to read it.</source>
        <translation>无法打开此文件：您没有读取权限。</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>A PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>A text file</source>
        <translation>文本文件</translation>
    </message>
    <message>
        <source>This file could not be read to its end.</source>
        <translation>未能完整读取此文件。</translation>
    </message>
    <message>
        <source>The clipboard&apos;s picture cannot be read.</source>
        <translation>无法读取剪贴板中的图片。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>This PDF is protected by a password. Save a copy without one and attach that.</source>
        <translation>此 PDF 受密码保护。请另存一份无密码的副本再添加。</translation>
    </message>
    <message>
        <source>This PDF is damaged and cannot be read.</source>
        <translation>此 PDF 已损坏，无法读取。</translation>
    </message>
    <message numerus="yes">
        <source>This PDF has more text than a model can take (%n pages). Attach the pages that matter.</source>
        <translation>
            <numerusform>此 PDF 的文字（%n 页）超出模型可接受的长度。请只添加需要的页面。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This PDF has no text, only pictures of it (%n pages). Attach the pages as pictures, or run text recognition first.</source>
        <translation>
            <numerusform>此 PDF 只有图像而没有文字（%n 页）。请将页面作为图片添加，或先进行文字识别。</numerusform>
        </translation>
    </message>
    <message>
        <source>The picture could not be prepared for sending.</source>
        <translation>无法为发送准备此图片。</translation>
    </message>
    <message>
        <source>This picture cannot be read: it is damaged, or of a kind that is not supported. PNG, JPEG, WebP and GIF can be attached.</source>
        <translation>无法读取此图片：文件已损坏或格式不受支持。可以添加 PNG、JPEG、WebP 和 GIF。</translation>
    </message>
    <message>
        <source>This picture has %1 × %2 pixels, which is more than can be read. Make it smaller and attach it again.</source>
        <translation>此图片有 %1 × %2 像素，超出可读取的范围。请缩小后重新添加。</translation>
    </message>
    <message>
        <source>This picture is damaged or incomplete.</source>
        <translation>此图片已损坏或不完整。</translation>
    </message>
</context>
<context>
    <name>AttachmentChips</name>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>ChatHeader</name>
    <message>
        <source>Hide the list of chats</source>
        <translation>隐藏对话列表</translation>
    </message>
    <message>
        <source>Show the list of chats</source>
        <translation>显示对话列表</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>System prompt and parameters</source>
        <translation>系统提示词与参数</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>Drop to attach</source>
        <translation>松开以添加</translation>
    </message>
    <message>
        <source>Images, text and PDF files</source>
        <translation>图片、文本和 PDF 文件</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Do not wrap lines</source>
        <translation>不换行</translation>
    </message>
    <message>
        <source>Wrap lines</source>
        <translation>自动换行</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message numerus="yes">
        <source>Show all %n lines</source>
        <translation>
            <numerusform>显示全部 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Type a command, a chat or a model</source>
        <translation>输入命令、对话或模型</translation>
    </message>
    <message>
        <source>Nothing fits “%1”</source>
        <translation>没有与“%1”匹配的结果</translation>
    </message>
</context>
<context>
    <name>ComposerField</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Message %1</source>
        <translation>给 %1 发消息</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>输入消息</translation>
    </message>
</context>
<context>
    <name>ContextRing</name>
    <message>
        <source>%1 of %2 tokens in the context (%3%)</source>
        <translation>上下文已用 %1 / %2 Token（%3%）</translation>
    </message>
    <message>
        <source>%1 tokens; the size of the context is unknown</source>
        <translation>%1 Token；上下文大小未知</translation>
    </message>
    <message>
        <source>%1
%2 so far</source>
        <translation>%1
目前共 %2</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>移动到文件夹</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>新建文件夹…</translation>
    </message>
    <message>
        <source>Out of the folder</source>
        <translation>移出文件夹</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>ConversationPane</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Search the trash</source>
        <translation>搜索废纸篓</translation>
    </message>
    <message>
        <source>Search titles</source>
        <translation>搜索标题</translation>
    </message>
    <message>
        <source>Search all chats</source>
        <translation>搜索所有对话</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到结果</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>废纸篓是空的</translation>
    </message>
    <message>
        <source>No chats yet</source>
        <translation>还没有对话</translation>
    </message>
    <message>
        <source>Titles only. The other search looks into every message.</source>
        <translation>此处只搜索标题。要搜索消息内容，请使用全文搜索。</translation>
    </message>
    <message>
        <source>Deleted chats stay here for 30 days.</source>
        <translation>删除的对话会在此保留 30 天。</translation>
    </message>
    <message>
        <source>Write below to begin one.</source>
        <translation>在下方输入即可开始。</translation>
    </message>
    <message>
        <source>Search messages</source>
        <translation>搜索消息</translation>
    </message>
    <message>
        <source>Back to the chats</source>
        <translation>返回对话列表</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>废纸篓</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>Move there</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Delete this chat for good?</source>
        <translation>要永久删除此对话吗？</translation>
    </message>
    <message>
        <source>“%1” and all its messages will be gone. This cannot be undone.</source>
        <translation>“%1”及其所有消息将被删除，且无法撤销。</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
</context>
<context>
    <name>ConversationRow</name>
    <message>
        <source>Reply running</source>
        <translation>正在回复</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>未读</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>DataAction</name>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>DataSection</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Everything stays on this machine: chats in one database, choices and providers in files beside it.</source>
        <translation>一切都保存在本机：对话存于一个数据库，选项与提供商存于旁边的文件。</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Database: %1</source>
        <translation>数据库：%1</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>A complete copy of the database in the folder “backups”.</source>
        <translation>在“backups”文件夹中生成数据库的完整副本。</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Check the database</source>
        <translation>检查数据库</translation>
    </message>
    <message>
        <source>Reads all of it and compares its indexes. Takes a while with many chats.</source>
        <translation>读取全部内容并核对索引。对话较多时需要一些时间。</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Export all chats</source>
        <translation>导出所有对话</translation>
    </message>
    <message>
        <source>Each as JSON and Markdown, into a new folder in your downloads.</source>
        <translation>每个对话导出 JSON 与 Markdown，存入下载目录中的新文件夹。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>清空废纸篓</translation>
    </message>
    <message numerus="yes">
        <source>%n chats in it. They go by themselves after 30 days.</source>
        <translation>
            <numerusform>其中有 %n 个对话，30 天后自动删除。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>废纸篓是空的。</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Empty the trash?</source>
        <translation>要清空废纸篓吗？</translation>
    </message>
    <message numerus="yes">
        <source>%n chats will be removed for good. This cannot be undone.</source>
        <translation>
            <numerusform>将永久删除 %n 个对话，且无法撤销。</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove for good</source>
        <translation>永久删除</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DisplayText</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ErrorBlock</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Readable in any editor. The branch that is shown.</source>
        <translation>任何编辑器均可阅读。包含当前显示的分支。</translation>
    </message>
    <message>
        <source>Everything, with all branches and figures; for other programs and as a backup.</source>
        <translation>包含所有分支与数据；供其他程序使用或用作备份。</translation>
    </message>
    <message>
        <source>One page for a browser or for printing. The branch that is shown, with its pictures.</source>
        <translation>可在浏览器中查看或打印的单个网页。包含当前分支及其图片。</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>HTML (*.html)</source>
        <translation>HTML (*.html)</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>导出内容</translation>
    </message>
    <message>
        <source>This conversation</source>
        <translation>此对话</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>所有对话</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Each conversation becomes a file in a new folder. What is in the trash is left out.</source>
        <translation>每个对话在新文件夹中存为一个文件。废纸篓中的对话不会导出。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Save the conversation</source>
        <translation>保存对话</translation>
    </message>
    <message>
        <source>Choose a folder for the export</source>
        <translation>选择导出文件夹</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Older match</source>
        <translation>较早的匹配</translation>
    </message>
    <message>
        <source>Newer match</source>
        <translation>较新的匹配</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FirstRunLook</name>
    <message>
        <source>Welcome to Patchbay</source>
        <translation>欢迎使用 Patchbay</translation>
    </message>
    <message>
        <source>One window for the models you use, in the cloud or on this machine. Your chats stay here.</source>
        <translation>无论模型在云端还是本机，都在这一个窗口里使用。您的对话只保存在本机。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Welcome to Patchbay</source>
        <translation>欢迎使用 Patchbay</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Open the chat</source>
        <translation>打开对话</translation>
    </message>
    <message>
        <source>Skip all</source>
        <translation>全部跳过</translation>
    </message>
</context>
<context>
    <name>FirstRunProvider</name>
    <message>
        <source>Whom shall Patchbay ask?</source>
        <translation>Patchbay 应该向谁提问？</translation>
    </message>
    <message numerus="yes">
        <source>%n providers are set up already. You may add another one here.</source>
        <translation>
            <numerusform>已设置 %n 个提供商。您可以在此再添加一个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Paste a key of a vendor you have an account with, or use what runs on this machine.</source>
        <translation>粘贴您所用服务商的密钥，或使用本机上运行的服务。</translation>
    </message>
    <message>
        <source>A key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Paste the key</source>
        <translation>粘贴密钥</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>仍然保存</translation>
    </message>
    <message>
        <source>On this machine</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Runs at %1</source>
        <translation>运行于 %1</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Looking for local servers…</source>
        <translation>正在查找本地服务…</translation>
    </message>
    <message>
        <source>No local server answers (Ollama, llama.cpp and LM Studio at their usual ports).</source>
        <translation>没有本地服务响应（已检查 Ollama、llama.cpp 和 LM Studio 的常用端口）。</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>演练场</translation>
    </message>
    <message>
        <source>Built in, repeats what you write. No key, no network.</source>
        <translation>内置，复述您输入的内容。无需密钥，也无需网络。</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试用</translation>
    </message>
</context>
<context>
    <name>FirstRunReply</name>
    <message>
        <source>Explain in three sentences how a refrigerator works.</source>
        <translation>用三句话解释冰箱的工作原理。</translation>
    </message>
    <message>
        <source>Write a polite message that moves a meeting to Thursday.</source>
        <translation>写一条礼貌的消息，把会议改到星期四。</translation>
    </message>
    <message>
        <source>What can I ask you for?</source>
        <translation>我可以请你做些什么？</translation>
    </message>
    <message>
        <source>Ready for a first question</source>
        <translation>可以开始提问了</translation>
    </message>
    <message>
        <source>That is all</source>
        <translation>设置完成</translation>
    </message>
    <message>
        <source>New chats ask %1. The model can be changed in every chat.</source>
        <translation>新对话将使用 %1。每个对话都可以更换模型。</translation>
    </message>
    <message>
        <source>Providers and everything else can be set up later, in Providers and Settings.</source>
        <translation>提供商和其他选项可以稍后在“提供商”与“设置”中调整。</translation>
    </message>
    <message>
        <source>Your question</source>
        <translation>您的问题</translation>
    </message>
    <message>
        <source>Ask something…</source>
        <translation>问点什么…</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
</context>
<context>
    <name>FoldHeader</name>
    <message>
        <source>Folded</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>Unfolded</source>
        <translation>已展开</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>FooterBlock</name>
    <message>
        <source>Time: %1</source>
        <translation>耗时：%1</translation>
    </message>
    <message>
        <source>Ended: %1</source>
        <translation>结束原因：%1</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>GeneralSection</name>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Open where I left off</source>
        <translation>恢复上次的状态</translation>
    </message>
    <message>
        <source>The last chat and page come back at the start.</source>
        <translation>启动时打开上次的对话和页面。</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>When a long reply ends while the window is in the background.</source>
        <translation>窗口在后台时，较长的回复完成后通知。</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>托盘图标</translation>
    </message>
    <message>
        <source>Quick questions from the tray, and the window may be closed while it stays.</source>
        <translation>可从托盘快速提问；关闭窗口后程序继续运行。</translation>
    </message>
    <message>
        <source>New chats</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Every new chat begins with it.</source>
        <translation>每个新对话都使用此模型。</translation>
    </message>
    <message>
        <source>New chats begin with the model of the configuration.</source>
        <translation>新对话使用配置文件中的模型。</translation>
    </message>
    <message>
        <source>Show what replies cost</source>
        <translation>显示回复的费用</translation>
    </message>
    <message>
        <source>Providers and keys</source>
        <translation>提供商与密钥</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>ImageBlock</name>
    <message>
        <source>Image: %1</source>
        <translation>图片：%1</translation>
    </message>
    <message>
        <source>Opens %1 in the browser</source>
        <translation>在浏览器中打开 %1</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>has no messages</source>
        <translation>没有消息</translation>
    </message>
    <message>
        <source>has no id, so it could not be recognised again</source>
        <translation>没有 ID，以后无法识别</translation>
    </message>
    <message>
        <source>is damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>is too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>is not a conversation of ChatGPT or Claude</source>
        <translation>不是 ChatGPT 或 Claude 的对话</translation>
    </message>
    <message>
        <source>could not be stored</source>
        <translation>无法保存</translation>
    </message>
    <message numerus="yes">
        <source>%n conversations imported</source>
        <translation>
            <numerusform>已导入 %n 个对话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations brought up to date</source>
        <translation>
            <numerusform>已更新 %n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing new in this file</source>
        <translation>此文件中没有新内容</translation>
    </message>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations were here already and got their new messages</source>
        <translation>
            <numerusform>%n 个对话已存在，已补充新消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations were here already</source>
        <translation>
            <numerusform>%n 个对话已存在</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations are in the trash and stay there</source>
        <translation>
            <numerusform>%n 个对话在废纸篓中，保持不变</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries were skipped</source>
        <translation>
            <numerusform>已跳过 %n 个条目</numerusform>
        </translation>
    </message>
    <message>
        <source>Entry %1</source>
        <translation>条目 %1</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message>
        <source>Import conversations</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose an export of ChatGPT or Claude</source>
        <translation>选择 ChatGPT 或 Claude 的导出文件</translation>
    </message>
    <message>
        <source>Exports (*.zip *.json)</source>
        <translation>导出文件 (*.zip *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ImportDropZone</name>
    <message>
        <source>Drop the export here</source>
        <translation>将导出文件拖到此处</translation>
    </message>
    <message>
        <source>Drop an export of ChatGPT or Claude here</source>
        <translation>将 ChatGPT 或 Claude 的导出文件拖到此处</translation>
    </message>
    <message>
        <source>The .zip as you got it, or its conversations.json. All branches come along. Importing a newer export again adds only what is new.</source>
        <translation>可使用收到的 .zip，或其中的 conversations.json。所有分支都会导入；再次导入较新的导出文件时只会补充新内容。</translation>
    </message>
    <message>
        <source>ChatGPT: Settings, Data controls, Export data.
Claude: Settings, Privacy, Export data.</source>
        <translation>ChatGPT：设置 → 数据管理 → 导出数据。
Claude：设置 → 隐私 → 导出数据。</translation>
    </message>
</context>
<context>
    <name>InputSection</name>
    <message>
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Send with</source>
        <translation>发送键</translation>
    </message>
    <message>
        <source>Shift+Enter begins a new line.</source>
        <translation>按 Shift+Enter 换行。</translation>
    </message>
    <message>
        <source>Enter begins a new line.</source>
        <translation>按 Enter 换行。</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>While an input method composes, Enter belongs to it and never sends.</source>
        <translation>输入法正在组字时，Enter 归输入法使用，不会发送。</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>System prompt and parameters</source>
        <translation>系统提示词与参数</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>此对话</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>How the model should behave in this chat</source>
        <translation>希望模型在此对话中如何表现</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 to 2; low is steady, high is varied</source>
        <translation>0 到 2；越低越稳定，越高越多样</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>0 to 1; how much of the likely words is kept</source>
        <translation>0 到 1；保留多大比例的高概率词</translation>
    </message>
    <message>
        <source>Longest reply</source>
        <translation>回复长度上限</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed may give the same reply</source>
        <translation>相同的种子可能得到相同的回复</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>停止词</translation>
    </message>
    <message>
        <source>Words, separated by commas</source>
        <translation>用逗号分隔的词</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation>隐藏密钥</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>显示密钥</translation>
    </message>
</context>
<context>
    <name>KeyPageLink</name>
    <message>
        <source>Keys are made at</source>
        <translation>密钥获取地址：</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>LicenceList</name>
    <message>
        <source>public domain</source>
        <translation>公共领域</translation>
    </message>
    <message>
        <source>Made with</source>
        <translation>使用的组件</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Patchbay</source>
        <translation>Patchbay</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>提供商</translation>
    </message>
</context>
<context>
    <name>Markdown</name>
    <message>
        <source>image</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>MessageComposer</name>
    <message>
        <source>Attach images, text or PDF files</source>
        <translation>添加图片、文本或 PDF 文件</translation>
    </message>
    <message numerus="yes">
        <source>~%n token(s)</source>
        <translation>
            <numerusform>约 %n Token</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send after this reply</source>
        <translation>在本次回复后发送</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Edit the message</source>
        <translation>编辑消息</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>模型：%1</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>provider/model</source>
        <translation>提供商/模型</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>No models are listed yet.</source>
        <translation>尚未列出任何模型。</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>Ask the providers for their models again</source>
        <translation>重新向提供商获取模型列表</translation>
    </message>
    <message>
        <source>No model of that name</source>
        <translation>没有此名称的模型</translation>
    </message>
    <message>
        <source>No models yet</source>
        <translation>还没有模型</translation>
    </message>
    <message>
        <source>Add a provider, or start a local server such as Ollama.</source>
        <translation>请添加提供商，或启动 Ollama 等本地服务。</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>提供商</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>%1M</source>
        <translation>%1M</translation>
    </message>
    <message>
        <source>%1K</source>
        <translation>%1K</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Reads images</source>
        <translation>可读取图片</translation>
    </message>
    <message>
        <source>Calls tools</source>
        <translation>可调用工具</translation>
    </message>
    <message>
        <source>Thinks before it answers</source>
        <translation>先思考再回答</translation>
    </message>
    <message>
        <source>Runs on this computer</source>
        <translation>在本机运行</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>NewChat</name>
    <message>
        <source>Write code</source>
        <translation>编写代码</translation>
    </message>
    <message>
        <source>Write a Python function that finds duplicate files in a folder by their content.</source>
        <translation>写一个 Python 函数，按内容找出文件夹中的重复文件。</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>解释概念</translation>
    </message>
    <message>
        <source>Explain how TLS certificates work, with an everyday comparison.</source>
        <translation>用日常生活中的比喻解释 TLS 证书的工作原理。</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Translate into Simplified Chinese and keep the tone: </source>
        <translation>翻译成英文并保持语气：</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compare SQLite and PostgreSQL for a small team in a table.</source>
        <translation>用表格比较 SQLite 与 PostgreSQL，面向小型团队。</translation>
    </message>
    <message>
        <source>What would you like to know?</source>
        <translation>想了解什么？</translation>
    </message>
    <message>
        <source>Replies come from the built-in playground.</source>
        <translation>回复来自内置的演练场。</translation>
    </message>
    <message>
        <source>It needs no key and no network, and only pretends. Add a provider to ask a real model.</source>
        <translation>它无需密钥和网络，仅作演示。要向真正的模型提问，请添加提供商。</translation>
    </message>
    <message>
        <source>Add a provider</source>
        <translation>添加提供商</translation>
    </message>
</context>
<context>
    <name>ParameterField</name>
    <message>
        <source>From %1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
</context>
<context>
    <name>ProviderCard</name>
    <message>
        <source>%1 is on</source>
        <translation>%1 已启用</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>none needed</source>
        <translation>不需要</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The key cannot be read.</source>
        <translation>无法读取密钥。</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Asks it a short question</source>
        <translation>向其提一个简短的问题</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>From an environment variable; it can be switched off here.</source>
        <translation>来自环境变量；可在此停用。</translation>
    </message>
    <message>
        <source>From your own configuration file; it can be switched off here.</source>
        <translation>来自您自己的配置文件；可在此停用。</translation>
    </message>
</context>
<context>
    <name>ProviderDialog</name>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
</context>
<context>
    <name>ProviderForm</name>
    <message>
        <source>Another server</source>
        <translation>其他服务</translation>
    </message>
    <message>
        <source>Add a provider</source>
        <translation>添加提供商</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>基础 URL</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Leave empty to keep the stored key</source>
        <translation>留空则保留已存储的密钥</translation>
    </message>
    <message>
        <source>Usually none</source>
        <translation>通常不需要</translation>
    </message>
    <message>
        <source>Paste the key</source>
        <translation>粘贴密钥</translation>
    </message>
    <message>
        <source>Another host: the stored key will be forgotten.</source>
        <translation>主机已更改：将不再保留已存储的密钥。</translation>
    </message>
    <message>
        <source>A key belongs to the host it was given for. Enter the key for the new one.</source>
        <translation>密钥只属于原来的主机。请输入新主机的密钥。</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>The system&apos;s; “none” for a direct way</source>
        <translation>默认使用系统代理；填“none”则直接连接</translation>
    </message>
    <message>
        <source>Model to test</source>
        <translation>测试所用模型</translation>
    </message>
    <message>
        <source>The cheapest that it lists</source>
        <translation>所列模型中最便宜的</translation>
    </message>
</context>
<context>
    <name>ProviderFormButtons</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Asks a short question with what stands here; nothing is saved</source>
        <translation>用这里的内容问一个简短的问题；不会保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>ProvidersPage</name>
    <message>
        <source>“%1” was removed and its key forgotten.</source>
        <translation>已移除“%1”并清除其密钥。</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Add provider</source>
        <translation>添加提供商</translation>
    </message>
    <message>
        <source>No provider yet</source>
        <translation>还没有提供商</translation>
    </message>
    <message>
        <source>Add one with a key, or a server on this machine such as Ollama. Until then the built-in playground answers.</source>
        <translation>请用密钥添加一个提供商，或使用本机的 Ollama 等服务。在此之前由内置的演练场回答。</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>要移除 %1 吗？</translation>
    </message>
    <message>
        <source>Its key is forgotten. Chats that used it stay.</source>
        <translation>将清除其密钥。使用过它的对话会保留。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>QueueChips</name>
    <message>
        <source>Next:</source>
        <translation>接下来：</translation>
    </message>
    <message>
        <source>Waits for the reply; click to edit</source>
        <translation>等待回复完成；点按以编辑</translation>
    </message>
</context>
<context>
    <name>QuickAnswer</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>QuickAskWindow</name>
    <message>
        <source>Quick question</source>
        <translation>快速提问</translation>
    </message>
    <message>
        <source>Ask on</source>
        <translation>继续提问</translation>
    </message>
    <message>
        <source>Ask anything</source>
        <translation>随便问点什么</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open in Patchbay</source>
        <translation>在 Patchbay 中打开</translation>
    </message>
</context>
<context>
    <name>ReplyActions</name>
    <message>
        <source>Copy the reply</source>
        <translation>复制回复</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Good reply</source>
        <translation>好评</translation>
    </message>
    <message>
        <source>Bad reply</source>
        <translation>差评</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Copy as Markdown</source>
        <translation>复制为 Markdown</translation>
    </message>
    <message>
        <source>Copy with formatting</source>
        <translation>带格式复制</translation>
    </message>
    <message>
        <source>Copy as plain text</source>
        <translation>复制为纯文本</translation>
    </message>
    <message>
        <source>Ask another model…</source>
        <translation>换一个模型回答…</translation>
    </message>
    <message>
        <source>Continue in a new chat from here</source>
        <translation>从此处开始新对话</translation>
    </message>
</context>
<context>
    <name>ResolvedUrl</name>
    <message>
        <source>Asks %1</source>
        <translation>询问 %1</translation>
    </message>
    <message>
        <source>Asks</source>
        <translation>询问</translation>
    </message>
</context>
<context>
    <name>SearchOverlay</name>
    <message>
        <source>Search all chats</source>
        <translation>搜索所有对话</translation>
    </message>
    <message>
        <source>Words of any message, in any chat</source>
        <translation>任意对话、任意消息中的文字</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到结果</translation>
    </message>
</context>
<context>
    <name>SettingsNav</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>Back to the default key</source>
        <translation>恢复默认快捷键</translation>
    </message>
    <message>
        <source>Press a key…</source>
        <translation>请按下快捷键…</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>ShortcutsOverlay</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改快捷键…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShortcutsSection</name>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Choose a key to record another one. Escape cancels, Backspace removes the key.</source>
        <translation>点按某个快捷键即可重新录制。Esc 取消，Backspace 清除。</translation>
    </message>
    <message>
        <source>Reset all shortcuts</source>
        <translation>重置所有快捷键</translation>
    </message>
</context>
<context>
    <name>Shots</name>
    <message>
        <source>Count for me, please.</source>
        <translation>请帮我数数。</translation>
    </message>
    <message>
        <source>How many minutes are in a week?</source>
        <translation>一周有多少分钟？</translation>
    </message>
</context>
<context>
    <name>Spinner</name>
    <message>
        <source>Busy</source>
        <translation>正在处理</translation>
    </message>
</context>
<context>
    <name>StartState</name>
    <message>
        <source>Patchbay could not start</source>
        <translation>Patchbay 无法启动</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>StatusWord</name>
    <message>
        <source>works</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>无密钥</translation>
    </message>
    <message>
        <source>not tested</source>
        <translation>未测试</translation>
    </message>
</context>
<context>
    <name>StepDots</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
</context>
<context>
    <name>StreamingDots</name>
    <message>
        <source>The reply is being written</source>
        <translation>正在生成回复</translation>
    </message>
</context>
<context>
    <name>TableBlock</name>
    <message>
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Jump to the newest message</source>
        <translation>跳到最新消息</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Interrupted: the program ended while this was written</source>
        <translation>已中断：生成过程中程序退出</translation>
    </message>
    <message>
        <source>Broke off</source>
        <translation>意外中断</translation>
    </message>
    <message>
        <source>Cut off at the length limit</source>
        <translation>达到长度上限而截断</translation>
    </message>
    <message>
        <source>Ended by the content filter</source>
        <translation>被内容过滤器终止</translation>
    </message>
    <message>
        <source>Waits for a tool</source>
        <translation>等待工具结果</translation>
    </message>
    <message>
        <source>%1 in, %2 out</source>
        <translation>输入 %1，输出 %2</translation>
    </message>
    <message>
        <source>[picture]</source>
        <translation>[图片]</translation>
    </message>
    <message>
        <source>[file]</source>
        <translation>[文件]</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/秒</translation>
    </message>
</context>
<context>
    <name>TitleField</name>
    <message>
        <source>Click to rename</source>
        <translation>点按以重命名</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ToolBlock</name>
    <message>
        <source>Calls %1…</source>
        <translation>正在调用 %1…</translation>
    </message>
    <message>
        <source>Called %1</source>
        <translation>已调用 %1</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>TransferProgress</name>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>TransferSummary</name>
    <message>
        <source>Cancelled: %1</source>
        <translation>已取消：%1</translation>
    </message>
    <message>
        <source>Skipped entries</source>
        <translation>已跳过的条目</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <translation>%1 — %2</translation>
    </message>
</context>
<context>
    <name>TrashMenu</name>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>永久删除…</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Patchbay</source>
        <translation>Patchbay</translation>
    </message>
    <message>
        <source>Show Patchbay</source>
        <translation>显示 Patchbay</translation>
    </message>
    <message>
        <source>Quick question…</source>
        <translation>快速提问…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>UserActions</name>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Continue in a new chat from here</source>
        <translation>从此处开始新对话</translation>
    </message>
</context>
<context>
    <name>UserBlock</name>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>VersionSwitcher</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>第 %1 个版本，共 %2 个</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
</context>
<context>
    <name>ZoomStepper</name>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Back to 100%</source>
        <translation>恢复 100%</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
</context>
<context>
    <name>patchbay::AttachmentList</name>
    <message>
        <source>Only files on this computer can be attached. Save it first.</source>
        <translation>只能添加本机上的文件。请先保存到本机。</translation>
    </message>
    <message>
        <source>Pasted picture %1.png</source>
        <translation>粘贴的图片 %1.png</translation>
    </message>
    <message numerus="yes">
        <source>At most %n files can be attached to one message.</source>
        <translation>
            <numerusform>每条消息最多可添加 %n 个文件。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::BusNotifications</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>patchbay::ChatController</name>
    <message>
        <source>This reply could not be saved: %1</source>
        <translation>无法保存此回复：%1</translation>
    </message>
</context>
<context>
    <name>patchbay::CommandModel</name>
    <message>
        <source>Recent</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>patchbay::ConversationListModel</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>废纸篓</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>过去 7 天</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>过去 30 天</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>%1 a month&apos;s name, %2 a year</extracomment>
        <translation>%2年%1</translation>
    </message>
    <message>
        <source>“%1” is in the trash</source>
        <translation>“%1”已移到废纸篓</translation>
    </message>
</context>
<context>
    <name>patchbay::DataController</name>
    <message>
        <source>A copy was written. To use it, close Patchbay and put it in the place of patchbay.db.</source>
        <translation>副本已写好。要使用它，请关闭 Patchbay，并用它替换 patchbay.db。</translation>
    </message>
    <message>
        <source>The database is sound.</source>
        <translation>数据库完好。</translation>
    </message>
    <message numerus="yes">
        <source>%n chats removed for good.</source>
        <translation>
            <numerusform>已永久删除 %n 个对话。</numerusform>
        </translation>
    </message>
    <message>
        <source>Patchbay chats</source>
        <translation>Patchbay 对话</translation>
    </message>
    <message numerus="yes">
        <source>%n chats written, each as JSON and Markdown.</source>
        <translation>
            <numerusform>已导出 %n 个对话，每个均有 JSON 与 Markdown 两份。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::FirstRun</name>
    <message>
        <source>The playground answers with what you write. No key, no network.</source>
        <translation>演练场会复述您输入的内容。无需密钥，也无需网络。</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>Saved. It was not tried out.</source>
        <translation>已保存，尚未测试。</translation>
    </message>
</context>
<context>
    <name>patchbay::ModelListModel</name>
    <message>
        <source>Configured</source>
        <translation>已配置</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>%1 / %2 per 1M</source>
        <extracomment>prices of a model: input, output, in US dollars per million tokens</extracomment>
        <translation>%1 / %2 每百万 Token</translation>
    </message>
</context>
<context>
    <name>patchbay::Notifier</name>
    <message>
        <source>The reply is ready</source>
        <translation>回复已完成</translation>
    </message>
</context>
<context>
    <name>patchbay::ProviderTexts</name>
    <message>
        <source>The key was refused.</source>
        <translation>密钥被拒绝。</translation>
    </message>
    <message>
        <source>The key may not do this.</source>
        <translation>此密钥没有相应权限。</translation>
    </message>
    <message>
        <source>The account has no credit left.</source>
        <translation>账户余额不足。</translation>
    </message>
    <message>
        <source>The provider asks to wait.</source>
        <translation>提供商要求稍候再试。</translation>
    </message>
    <message>
        <source>The provider does not know this address or model.</source>
        <translation>提供商不识别此地址或模型。</translation>
    </message>
    <message>
        <source>The server could not be reached.</source>
        <translation>无法连接到服务器。</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>等待响应超时。</translation>
    </message>
    <message>
        <source>The provider is overloaded.</source>
        <translation>提供商过载。</translation>
    </message>
    <message>
        <source>The answer is not what this format says.</source>
        <translation>响应内容与此格式不符。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>There is a provider of this name already.</source>
        <translation>已有同名的提供商。</translation>
    </message>
    <message>
        <source>Check that the whole key was pasted and that it is a key of this vendor.</source>
        <translation>请确认密钥完整，且属于此服务商。</translation>
    </message>
    <message>
        <source>Add credit at the vendor, or choose another provider.</source>
        <translation>请在服务商处充值，或选择其他提供商。</translation>
    </message>
    <message>
        <source>Check the format and the base URL, and the model where you named one.</source>
        <translation>请检查格式与基础 URL，以及所填的模型。</translation>
    </message>
    <message>
        <source>Check the base URL, your network and the proxy. A local server must be running.</source>
        <translation>请检查基础 URL、网络和代理。本地服务须处于运行状态。</translation>
    </message>
    <message>
        <source>A local model may still be loading. Try again in a moment.</source>
        <translation>本地模型可能仍在加载。请稍后重试。</translation>
    </message>
    <message>
        <source>Check the format and the base URL.</source>
        <translation>请检查格式与基础 URL。</translation>
    </message>
    <message>
        <source>OpenAI chat completions</source>
        <translation>OpenAI Chat Completions</translation>
    </message>
    <message>
        <source>OpenAI responses</source>
        <translation>OpenAI Responses</translation>
    </message>
    <message>
        <source>Anthropic messages</source>
        <translation>Anthropic Messages</translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>Google Gemini</source>
        <translation>Google Gemini</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>environment variable %1</source>
        <translation>环境变量 %1</translation>
    </message>
    <message>
        <source>file %1</source>
        <translation>文件 %1</translation>
    </message>
    <message>
        <source>keychain</source>
        <translation>钥匙串</translation>
    </message>
    <message>
        <source>encrypted file</source>
        <translation>加密文件</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 answered. First token after %2, %3 in all.</source>
        <translation>%1 已回答。首个 Token 用时 %2，总计 %3。</translation>
    </message>
</context>
<context>
    <name>patchbay::ProvidersController</name>
    <message>
        <source>New keys are kept in the system&apos;s keychain.</source>
        <translation>新密钥保存在系统钥匙串中。</translation>
    </message>
    <message>
        <source>No keychain service answers here. New keys are kept in an encrypted file: %1</source>
        <translation>此处没有可用的钥匙串服务。新密钥保存在加密文件中：%1</translation>
    </message>
    <message>
        <source>The address is another one, so the stored key was forgotten. Enter the key for the new address.</source>
        <translation>地址已更改，因此已清除存储的密钥。请输入新地址的密钥。</translation>
    </message>
    <message>
        <source>The key is in the encrypted file, because no keychain service answers.</source>
        <translation>钥匙串服务不可用，密钥已存入加密文件。</translation>
    </message>
    <message>
        <source>The key is in the system&apos;s keychain.</source>
        <translation>密钥已存入系统钥匙串。</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>Patchbay is still starting.</source>
        <translation>Patchbay 仍在启动。</translation>
    </message>
    <message>
        <source>Enter the address of the server.</source>
        <translation>请输入服务器地址。</translation>
    </message>
    <message>
        <source>Not a complete address. Write it like https://api.example.com/v1.</source>
        <translation>地址不完整。请按此格式填写：https://api.example.com/v1。</translation>
    </message>
</context>
<context>
    <name>patchbay::Settings</name>
    <message>
        <source>it holds no object</source>
        <translation>其中没有 JSON 对象</translation>
    </message>
    <message>
        <source>The settings file could not be read: %1.</source>
        <translation>无法读取设置文件：%1。</translation>
    </message>
    <message>
        <source>Defaults are used. Check %1.</source>
        <translation>已改用默认设置。请检查 %1。</translation>
    </message>
    <message>
        <source>Defaults are used. The old file is now %1.</source>
        <translation>已改用默认设置。旧文件已改名为 %1。</translation>
    </message>
    <message>
        <source>The settings could not be saved: %1</source>
        <translation>无法保存设置：%1</translation>
    </message>
</context>
<context>
    <name>patchbay::ShortcutMap</name>
    <message>
        <source>This key is needed for typing. Hold Ctrl or Alt with it, or take a function key.</source>
        <translation>此键用于输入文字。请同时按住 Ctrl 或 Alt，或改用功能键。</translation>
    </message>
    <message>
        <source>“%1” has this key.</source>
        <translation>“%1”正在使用此快捷键。</translation>
    </message>
    <message>
        <source>Open a page by its number</source>
        <translation>按编号打开页面</translation>
    </message>
</context>
<context>
    <name>patchbay::TimelineModel</name>
    <message>
        <source>Thinking for %1</source>
        <translation>已思考 %1</translation>
    </message>
    <message>
        <source>Thought</source>
        <translation>思考过程</translation>
    </message>
    <message>
        <source>Thought for %1</source>
        <translation>思考了 %1</translation>
    </message>
</context>
<context>
    <name>patchbay::TransferController</name>
    <message>
        <source>Another import or export is running.</source>
        <translation>另一个导入或导出正在进行。</translation>
    </message>
    <message>
        <source>Wait for it, or cancel it.</source>
        <translation>请等待其完成，或取消。</translation>
    </message>
    <message>
        <source>Patchbay is still starting, or could not start.</source>
        <translation>Patchbay 仍在启动，或无法启动。</translation>
    </message>
    <message numerus="yes">
        <source>%n conversations</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Make room, or choose another disk, and export again.</source>
        <translation>请腾出空间或选择其他磁盘，然后重新导出。</translation>
    </message>
    <message>
        <source>Only files on this computer can be imported.</source>
        <translation>只能导入本机上的文件。</translation>
    </message>
    <message>
        <source>Choose a file on this computer.</source>
        <translation>请选择本机上的文件。</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Choose a folder on this computer.</source>
        <translation>请选择本机上的文件夹。</translation>
    </message>
    <message numerus="yes">
        <source>%n conversations could not be read</source>
        <translation>
            <numerusform>%n 个对话无法读取</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no conversations to export</source>
        <translation>没有可导出的对话</translation>
    </message>
    <message numerus="yes">
        <source>%n conversations saved</source>
        <translation>
            <numerusform>已保存 %n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
</context>
</TS>
