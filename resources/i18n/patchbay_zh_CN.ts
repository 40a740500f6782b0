<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
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
</context>
<context>
    <name>Markdown</name>
    <message>
        <source>image</source>
        <translation>图片</translation>
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
    <name>ReasoningBlock</name>
    <message>
        <source>Thinking… %1</source>
        <translation>正在思考… %1</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Thought for %1</source>
        <translation>思考了 %1</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考过程</translation>
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
    <name>patchbay::Notifier</name>
    <message>
        <source>The reply is ready</source>
        <translation>回复已完成</translation>
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
</TS>
