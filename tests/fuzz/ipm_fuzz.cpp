// Any octets as a clearing file: the first one chooses encoding and blocking. Read whole or refused; a file that was
// read is written as the same octets again.
#include <cstdlib>

#include "protocol/ipm/file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace takas;
    using namespace takas::protocol;
    if (size == 0) return 0;
    const auto encoding = static_cast<wire::TextEncoding>(data[0] % 3);
    const auto blocking = (data[0] & 0x80) != 0 ? ipm::Blocking::blocked_1014 : ipm::Blocking::none;
    const ByteView octets(data + 1, size - 1);
    const auto file = ipm::read_file(octets, encoding, blocking);
    if (!file) return 0;
    ipm::RecordWriter writer(blocking);
    for (std::size_t i = 0; i < file->records.size(); ++i) {
        const auto message = file->message(i);
        if (message.has(43)) static_cast<void>(ipm::parse_card_acceptor(message.value(43)));
        const auto contents = ipm::write_pds(file->records[i].pds);
        if (!contents) std::abort();
        if (!writer.add(file->records[i].octets)) std::abort();
    }
    if (writer.finish() != Bytes(octets.begin(), octets.end())) std::abort();
    return 0;
}
