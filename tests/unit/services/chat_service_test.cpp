// The one entry to the models: lists of models and embeddings over real sockets.
#include <QtTest>

#include "support/run_coroutine.h"
#include "support/scripted_chat.h"
#include "support/scripted_server.h"

using namespace patchbay;
using namespace std::chrono_literals;

namespace {

const std::string kModels = script::reply("{\"object\":\"list\",\"data\":[{\"id\":\"m-1\",\"object\":\"model\"}]}",
                                          "Content-Type: application/json\r\n");
const std::string kBusy = script::reply("{\"error\":{\"message\":\"busy\"}}", "Content-Type: application/json\r\n",
                                        "503 Service Unavailable");

struct World {
    explicit World(std::vector<Script> scripts) : server(io, std::move(scripts)) {
        auto endpoint = std::make_shared<Endpoint>();
        endpoint->provider = "up";
        endpoint->baseUrl = server.url("/v1");
        endpoint->proxy = "none";
        ProviderEntry entry{.id = "up"};
        entry.endpoint = std::shared_ptr<const Endpoint>(endpoint);
        routes.replace(std::make_shared<RoutingTable>(std::vector<ProviderEntry>{std::move(entry)},
                                                      std::vector<ModelEntry>{{.name = "fast"}}));
    }
    std::vector<std::string> list() {
        std::vector<std::string> ids;
        for (const ModelInfo& model : runCoroutine(io, service.listModels()))
            ids.push_back(model.id);
        return ids;
    }

    asio::io_context io;
    ManualClock clock;
    IdGenerator ids{clock};
    ScriptedServer server;
    HttpClient http{io.get_executor(), clock, HttpClient::Options{}};
    ProviderClient client{http, clock};
    RoutingSource routes{std::make_shared<RoutingTable>(std::vector<ProviderEntry>{}, std::vector<ModelEntry>{})};
    test::ScriptedChat pipeline;
    ChatService service{pipeline, routes, client, ids, clock};
};

Script answer(const std::string& reply) {
    return {script::request(), script::send(reply), script::close()};
}

const std::vector<std::string> kWithout{"fast"};
const std::vector<std::string> kWith{"fast", "up/m-1"};

} // namespace

class ChatServiceTest : public QObject {
    Q_OBJECT

private slots:
    void aProviderThatFailsIsAskedAgainSoon() {
        World world({answer(kBusy), answer(kModels)});
        QCOMPARE(world.list(), kWithout);
        world.clock.advance(9s);
        QCOMPARE(world.list(), kWithout);
        QCOMPARE(world.server.seen().connections, 1);
        world.clock.advance(2s);
        QCOMPARE(world.list(), kWith);
        world.clock.advance(4min);
        QCOMPARE(world.list(), kWith);
        QCOMPARE(world.server.seen().connections, 2);
    }

    void theLastGoodListIsKept() {
        World world({answer(kModels), answer(kBusy), answer(kModels)});
        QCOMPARE(world.list(), kWith);
        world.clock.advance(6min);
        QCOMPARE(world.list(), kWith);
        QCOMPARE(world.server.seen().connections, 2);
        world.clock.advance(11s);
        QCOMPARE(world.list(), kWith);
        QCOMPARE(world.server.seen().connections, 3);
    }

    void anUnlistedModelBelongsToItsProvider() {
        World world({answer(kModels)});
        QCOMPARE(world.service.findModel("up/other")->ownedBy, std::string("up"));
    }

    void embeddingsWithoutUsageAreEstimatedAndMarked() {
        World world({answer(script::reply("{\"object\":\"list\",\"model\":\"e\",\"data\":[{\"object\":\"embedding\","
                                          "\"index\":0,\"embedding\":[0.5]}]}",
                                          "Content-Type: application/json\r\n"))});
        const auto record = world.service.newRecord();
        const auto reply =
            runCoroutine(world.io, world.service.embed({.model = "up/e", .input = {"hello world"}}, record));
        QVERIFY(reply.has_value());
        QVERIFY(reply->usage.estimated);
        QVERIFY(reply->usage.inputTotal.value_or(0) > 0);
        QCOMPARE(record->deployment, std::string("up/e"));
        QCOMPARE(record->attempts, 1);
    }
};

QTEST_GUILESS_MAIN(ChatServiceTest)
#include "chat_service_test.moc"
