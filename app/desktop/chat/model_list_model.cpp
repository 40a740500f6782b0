#include "app/desktop/chat/model_list_model.h"

#include "app/desktop/chat/chat_page.h"

namespace patchbay {

ModelListModel::ModelListModel(ChatPage& page) : m_page(page) {
}

ModelListModel::~ModelListModel() = default;

QVariant ModelListModel::data(const QModelIndex&, int) const {
    return {};
}

void ModelListModel::setFilter(const QString&) {
}

void ModelListModel::refresh() {
}

int ModelListModel::rowOf(const QString&) const {
    return -1;
}

QHash<int, QByteArray> ModelListModel::roleNames() const {
    return {
        {NameRole, "name"},
        {LabelRole, "label"},
        {ProviderRole, "provider"},
        {GroupRole, "group"},
        {ContextWindowRole, "contextWindow"},
        {PriceTextRole, "priceText"},
        {VisionRole, "vision"},
        {ToolsRole, "tools"},
        {ReasoningRole, "reasoning"},
        {LocalRole, "local"},
        {IsDefaultRole, "isDefault"},
    };
}

} // namespace patchbay
