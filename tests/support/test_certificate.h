// A self-signed certificate for 127.0.0.1 and localhost, made afresh for each test program.
#pragma once

#include <string>

namespace patchbay {

struct TestCertificate {
    std::string certificatePem;
    std::string keyPem;
};

TestCertificate makeTestCertificate();

} // namespace patchbay
