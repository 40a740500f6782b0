// What nearly every file of the desktop includes, compiled once.
#pragma once

#include "app/composition.h"

#include <QAbstractListModel>
#include <QCoroTask>
#include <QGuiApplication>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
