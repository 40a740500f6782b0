// desktop_bench [scene…] [--rounds N]: medians of what the window costs, beside the figures it has to keep to.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>

#include "bench/desktop/desktop_scenes.h"

using namespace patchbay::bench;

namespace {

long long monotonicNanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

struct Series {
    Figure figure;
    std::vector<double> values;
};

/// The scene's figures of one process; exits where it fails.
std::vector<Figure> runInProcess(const std::string& scene) {
    const QTemporaryDir home; // no settings of the person who measures
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    environment.insert("QT_QUICK_BACKEND", "software");
    environment.insert("XDG_CONFIG_HOME", home.filePath("config"));
    environment.insert("XDG_DATA_HOME", home.filePath("data"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(),
                  {"--scene", QString::fromStdString(scene), QString::number(monotonicNanoseconds())});
    if (!process.waitForFinished(180'000) || process.exitCode() != 0) {
        std::fprintf(stderr, "scene %s failed\n", scene.c_str());
        std::exit(1);
    }
    std::vector<Figure> figures;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
        const QList<QByteArray> parts = line.split('|');
        if (parts.size() == 4)
            figures.push_back(
                {parts[0].toStdString(), parts[1].toStdString(), parts[2].toDouble(), parts[3].toDouble()});
    }
    return figures;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 4 && std::strcmp(argv[1], "--scene") == 0)
        return runScene(argv[2], std::atoll(argv[3]), argc, argv);

    const QCoreApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    int rounds = 3;
    if (const auto at = arguments.indexOf("--rounds"); at >= 0 && at + 1 < arguments.size()) {
        rounds = std::max(1, arguments[at + 1].toInt());
        arguments.remove(at, 2);
    }
    std::printf("| median of %d | unit | measured | target | met |\n|---|---|--:|--:|---|\n", rounds);
    bool allMet = true;
    for (const std::string& scene : sceneNames()) {
        if (!arguments.isEmpty() && !arguments.contains(QString::fromStdString(scene)))
            continue;
        std::vector<Series> table;
        for (int round = 0; round < rounds; ++round) {
            const std::vector<Figure> figures = runInProcess(scene);
            table.resize(std::max(table.size(), figures.size()));
            for (std::size_t i = 0; i < figures.size(); ++i) {
                table[i].figure = figures[i];
                table[i].values.push_back(figures[i].value);
            }
        }
        for (const Series& row : table) {
            const double value = median(row.values);
            const bool bounded = row.figure.target > 0;
            const bool met = !bounded || value <= row.figure.target;
            allMet = allMet && met;
            std::printf("| %s | %s | %.1f | %s | %s |\n", row.figure.name.c_str(), row.figure.unit.c_str(), value,
                        bounded ? QByteArray("<= " + QByteArray::number(row.figure.target, 'g', 4)).constData() : "",
                        bounded ? (met ? "yes" : "NO") : "");
            std::fflush(stdout);
        }
    }
    return allMet ? 0 : 3;
}
