// The TLS part of asio, compiled once for the tests; the program itself leaves TLS to curl.
#include <boost/asio/ssl/impl/src.hpp>
