// The objects of the chat page, made together because each needs some of the others.
#pragma once

#include "app/desktop/chat/chat_controller.h"
#include "app/desktop/chat/composer.h"
#include "app/desktop/chat/conversation_list_model.h"
#include "app/desktop/chat/find_in_chat.h"
#include "app/desktop/chat/model_list_model.h"
#include "app/desktop/chat/search_model.h"
#include "app/desktop/chat/timeline_model.h"

namespace patchbay {

class EngineBridge;

class ChatPage {
public:
    /// `bridge` outlives the page.
    explicit ChatPage(EngineBridge& bridge);
    ~ChatPage();
    ChatPage(const ChatPage&) = delete;
    ChatPage& operator=(const ChatPage&) = delete;

    /// The core has started: reads lists and drafts.
    void start();

    EngineBridge& bridge;
    TimelineModel timeline;
    ConversationListModel conversations;
    ModelListModel models;
    SearchModel search;
    FindInChat find;
    Composer composer;
    ChatController chat;
};

} // namespace patchbay
