// The objects of the chat page, made together because each needs some of the others.
#pragma once

#include <memory>

#include <QString>

#ifndef Q_MOC_RUN
#include "app/desktop/bridge/engine_bridge.h"
#endif
#include "app/desktop/chat/chat_controller.h"
#include "app/desktop/chat/composer.h"
#include "app/desktop/chat/conversation_list_model.h"
#include "app/desktop/chat/find_in_chat.h"
#include "app/desktop/chat/model_list_model.h"
#include "app/desktop/chat/running_replies.h"
#include "app/desktop/chat/search_model.h"
#include "app/desktop/chat/timeline_model.h"

namespace patchbay {

class AttachmentPreviews;

class ChatPage {
public:
    /// `bridge` outlives the page. `previews` serve the pictures of attachments that are not sent yet.
    explicit ChatPage(EngineBridge& bridge, std::shared_ptr<AttachmentPreviews> previews = {});
    ~ChatPage();
    ChatPage(const ChatPage&) = delete;
    ChatPage& operator=(const ChatPage&) = delete;

    /// The core has started: reads lists and drafts.
    void start();

    /// Asks the history; Conflict where it is off.
    template <class T> EngineBridge::Asking<T> history(std::function<awaitable<Result<T>>(HistoryService&)> work) {
        return bridge.ask<T>([work = std::move(work)](Composition& core) -> awaitable<Result<T>> {
            if (!core.history())
                co_return historyOffError();
            co_return co_await work(*core.history());
        });
    }

    EngineBridge& bridge;
    RunningReplies replies;
    TimelineModel timeline;
    ConversationListModel conversations;
    ModelListModel models;
    SearchModel search;
    FindInChat find;
    Composer composer;
    ChatController chat;
};

} // namespace patchbay
