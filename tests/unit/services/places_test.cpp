#include <QTest>

#include "services/places.h"

using namespace patchbay;

using Variables = std::map<std::string, std::string, std::less<>>;

namespace {

Places find(const Variables& variables, OperatingSystem system = OperatingSystem::Linux,
            const PlaceOptions& options = {}) {
    return findPlaces(Environment(variables), system, options).value();
}

} // namespace

class PlacesTest : public QObject {
    Q_OBJECT
private slots:
    void linuxDefaultsLieInTheHome() {
        const Places places = find({{"HOME", "/home/ada"}});
        QCOMPARE(places.configFile, std::string("/home/ada/.config/patchbay/config.toml"));
        QCOMPARE(places.managedFile, std::string("/home/ada/.config/patchbay/managed.toml"));
        QCOMPARE(places.dotEnvFile, std::string("/home/ada/.config/patchbay/.env"));
        QCOMPARE(places.pricesFile, std::string("/home/ada/.config/patchbay/prices.json"));
        QCOMPARE(places.dataDir, std::string("/home/ada/.local/share/patchbay"));
        QCOMPARE(places.vaultFile, std::string("/home/ada/.local/share/patchbay/vault.json"));
        QCOMPARE(places.vaultKeyFile, std::string("/home/ada/.local/share/patchbay/vault.key"));
        QVERIFY(!places.configFileNamed);
    }

    void xdgVariablesMoveThem() {
        const Places places = find({{"HOME", "/home/ada"}, {"XDG_CONFIG_HOME", "/c"}, {"XDG_DATA_HOME", "/d"}});
        QCOMPARE(places.configFile, std::string("/c/patchbay/config.toml"));
        QCOMPARE(places.dataDir, std::string("/d/patchbay"));
    }

    void relativeXdgVariablesAreIgnored() {
        const Places places = find({{"HOME", "/home/ada"}, {"XDG_CONFIG_HOME", "c"}, {"XDG_DATA_HOME", "./d"}});
        QCOMPARE(places.configDir, std::string("/home/ada/.config/patchbay"));
        QCOMPARE(places.dataDir, std::string("/home/ada/.local/share/patchbay"));
    }

    void systemdUnitsUseTheirFolders() {
        const Places places = find({{"STATE_DIRECTORY", "/var/lib/patchbay:/var/lib/other"}});
        QCOMPARE(places.configFile, std::string("/etc/patchbay/config.toml"));
        QCOMPARE(places.dataDir, std::string("/var/lib/patchbay"));
        const Places both = find(
            {{"STATE_DIRECTORY", "/var/lib/patchbay"}, {"CONFIGURATION_DIRECTORY", "/etc/pb2:/x"}, {"HOME", "/root"}});
        QCOMPARE(both.configFile, std::string("/etc/pb2/config.toml"));
    }

    void macOs() {
        const Places places = find({{"HOME", "/Users/ada"}}, OperatingSystem::MacOs);
        QCOMPARE(places.configFile, std::string("/Users/ada/Library/Application Support/Patchbay/config.toml"));
        QCOMPARE(places.dataDir, std::string("/Users/ada/Library/Application Support/Patchbay"));
    }

    void windows() {
        const Places places =
            find({{"APPDATA", "C:\\Users\\ada\\AppData\\Roaming"}, {"LOCALAPPDATA", "C:\\Users\\ada\\AppData\\Local"}},
                 OperatingSystem::Windows);
        QCOMPARE(places.configFile, std::string("C:\\Users\\ada\\AppData\\Roaming\\Patchbay\\config.toml"));
        QCOMPARE(places.managedFile, std::string("C:\\Users\\ada\\AppData\\Roaming\\Patchbay\\managed.toml"));
        QCOMPARE(places.vaultFile, std::string("C:\\Users\\ada\\AppData\\Local\\Patchbay\\vault.json"));
        const Places fallback = find({{"USERPROFILE", "C:\\Users\\ada"}}, OperatingSystem::Windows);
        QCOMPARE(fallback.dataDir, std::string("C:\\Users\\ada\\AppData\\Local\\Patchbay"));
        const Places slashes =
            find({{"USERPROFILE", "C:\\Users\\ada"}}, OperatingSystem::Windows, {.configFile = "D:/pb/my.toml"});
        QCOMPARE(slashes.managedFile, std::string("D:/pb\\managed.toml"));
    }

    void optionsBeatVariablesBeatTheSystem() {
        const Variables variables{{"HOME", "/h"}, {"PATCHBAY_CONFIG", "/v/a.toml"}, {"PATCHBAY_DATA_DIR", "/v/data"}};
        const Places byVariable = find(variables);
        QCOMPARE(byVariable.configFile, std::string("/v/a.toml"));
        QCOMPARE(byVariable.managedFile, std::string("/v/managed.toml"));
        QCOMPARE(byVariable.dataDir, std::string("/v/data"));
        QVERIFY(byVariable.configFileNamed);
        const Places byOption = find(variables, OperatingSystem::Linux, {.configFile = "b.toml", .dataDir = "/o"});
        QCOMPARE(byOption.configFile, std::string("b.toml"));
        QCOMPARE(byOption.managedFile, std::string("./managed.toml"));
        QCOMPARE(byOption.dataDir, std::string("/o"));
    }

    void theFileMayMoveTheDataUnlessAnOptionDid() {
        Places places = find({{"HOME", "/h"}});
        places.setDataDir("/big", OperatingSystem::Linux);
        QCOMPARE(places.vaultFile, std::string("/big/vault.json"));
        Places named = find({{"HOME", "/h"}}, OperatingSystem::Linux, {.dataDir = "/o"});
        named.setDataDir("/big", OperatingSystem::Linux);
        QCOMPARE(named.dataDir, std::string("/o"));
        QCOMPARE(named.vaultFile, std::string("/o/vault.json"));
    }

    void withoutAHomeTheErrorSaysWhatToDo() {
        const auto places = findPlaces(Environment(), OperatingSystem::Linux);
        QVERIFY(!places);
        QVERIFY(places.error().hint.find("--data-dir") != std::string::npos);
        QVERIFY(
            findPlaces(Environment(), OperatingSystem::Linux, {.configFile = "/c.toml", .dataDir = "/d"}).has_value());
    }
};

QTEST_APPLESS_MAIN(PlacesTest)
#include "places_test.moc"
