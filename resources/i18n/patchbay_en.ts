<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Attachment</name>
    <message numerus="yes">
        <source>This PDF has more text than a model can take (%n pages). Attach the pages that matter.</source>
        <translation>
            <numerusform>This PDF has more text than a model can take (%n page). Attach the part that matters.</numerusform>
            <numerusform>This PDF has more text than a model can take (%n pages). Attach the pages that matter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This PDF has no text, only pictures of it (%n pages). Attach the pages as pictures, or run text recognition first.</source>
        <translation>
            <numerusform>This PDF has no text, only a picture of it (%n page). Attach the page as a picture, or run text recognition first.</numerusform>
            <numerusform>This PDF has no text, only pictures of it (%n pages). Attach the pages as pictures, or run text recognition first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message numerus="yes">
        <source>Show all %n lines</source>
        <translation>
            <numerusform>Show all (%n line)</numerusform>
            <numerusform>Show all %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataSection</name>
    <message numerus="yes">
        <source>%n chats in it. They go by themselves after 30 days.</source>
        <translation>
            <numerusform>%n chat in it. It goes by itself after 30 days.</numerusform>
            <numerusform>%n chats in it. They go by themselves after 30 days.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chats will be removed for good. This cannot be undone.</source>
        <translation>
            <numerusform>%n chat will be removed for good. This cannot be undone.</numerusform>
            <numerusform>%n chats will be removed for good. This cannot be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FirstRunProvider</name>
    <message numerus="yes">
        <source>%n providers are set up already. You may add another one here.</source>
        <translation>
            <numerusform>%n provider is set up already. You may add another one here.</numerusform>
            <numerusform>%n providers are set up already. You may add another one here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message numerus="yes">
        <source>%n conversations imported</source>
        <translation>
            <numerusform>%n conversation imported</numerusform>
            <numerusform>%n conversations imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations brought up to date</source>
        <translation>
            <numerusform>%n conversation brought up to date</numerusform>
            <numerusform>%n conversations brought up to date</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n messages</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations were here already and got their new messages</source>
        <translation>
            <numerusform>%n conversation was here already and got its new messages</numerusform>
            <numerusform>%n conversations were here already and got their new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations were here already</source>
        <translation>
            <numerusform>%n conversation was here already</numerusform>
            <numerusform>%n conversations were here already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations are in the trash and stay there</source>
        <translation>
            <numerusform>%n conversation is in the trash and stays there</numerusform>
            <numerusform>%n conversations are in the trash and stay there</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries were skipped</source>
        <translation>
            <numerusform>%n entry was skipped</numerusform>
            <numerusform>%n entries were skipped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MessageComposer</name>
    <message numerus="yes">
        <source>~%n token(s)</source>
        <translation>
            <numerusform>~%n token</numerusform>
            <numerusform>~%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::AttachmentList</name>
    <message numerus="yes">
        <source>At most %n files can be attached to one message.</source>
        <translation>
            <numerusform>At most %n file can be attached to one message.</numerusform>
            <numerusform>At most %n files can be attached to one message.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::DataController</name>
    <message numerus="yes">
        <source>%n chats removed for good.</source>
        <translation>
            <numerusform>%n chat removed for good.</numerusform>
            <numerusform>%n chats removed for good.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chats written, each as JSON and Markdown.</source>
        <translation>
            <numerusform>%n chat written, as JSON and Markdown.</numerusform>
            <numerusform>%n chats written, each as JSON and Markdown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>patchbay::TransferController</name>
    <message numerus="yes">
        <source>%n conversations</source>
        <translation>
            <numerusform>%n conversation</numerusform>
            <numerusform>%n conversations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations could not be read</source>
        <translation>
            <numerusform>%n conversation could not be read</numerusform>
            <numerusform>%n conversations could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n conversations saved</source>
        <translation>
            <numerusform>%n conversation saved</numerusform>
            <numerusform>%n conversations saved</numerusform>
        </translation>
    </message>
</context>
</TS>
