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
</TS>
