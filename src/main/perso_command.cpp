// `takas perso export`: the personalisation file of an office and a day. The file is made beside its place and only
// takes it when it is whole; it is readable by its owner only, and Takas keeps no copy.
#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <filesystem>

#include "app/perso/perso_file.hpp"
#include "main/commands.hpp"
#include "main/explanation.hpp"
#include "main/keys_session.hpp"

namespace takas::main {
namespace {

/// Mode 0600; gone unless it was kept.
class OutFile {
  public:
    explicit OutFile(std::string path) : path_(std::move(path)), part_(path_ + ".part") {
        file_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
    ~OutFile() {
        if (file_ < 0) return;
        ::close(file_);
        ::unlink(part_.c_str());
    }
    OutFile(const OutFile&) = delete;
    OutFile& operator=(const OutFile&) = delete;

    bool is_open() const { return file_ >= 0; }
    bool put(std::string_view line) { return write_all(line) && write_all("\n"); }
    /// Durable, in its place; false when a file is there already.
    bool keep() {
        if (::fsync(file_) != 0 || ::link(part_.c_str(), path_.c_str()) != 0) return false;
        const int folder = ::open(std::filesystem::absolute(path_).parent_path().c_str(), O_RDONLY | O_DIRECTORY);
        if (folder >= 0) {
            ::fsync(folder);
            ::close(folder);
        }
        return true;
    }

  private:
    bool write_all(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t written = ::write(file_, text.data(), text.size());
            if (written <= 0) return false;
            text.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }
    std::string path_, part_;
    int file_ = -1;
};

}  // namespace

int export_perso(const Settings& settings, const PersoExport& order) {
    const auto date = parse_date(order.date);
    if (!date) {
        fmt::print(stderr, "takas: --date {} is no date: YYYY-MM-DD\n", order.date);
        return exit_usage;
    }
    KeysOrder keys_order;
    keys_order.tenant = order.tenant;
    const auto session = open_keys_session(settings, keys_order);
    if (!session) return report_failure(session.error());
    OutFile file(order.to);
    if (!file.is_open()) {
        fmt::print(stderr, "takas: {}.part cannot be made, or is there already\n", order.to);
        return exit_failed;
    }
    app::Context context = session->context();
    const auto done = app::perso::write_perso_file(context, {order.office, *date},
                                                   [&](std::string_view line) { return file.put(line); });
    if (!done) {
        if (done.error().code == ErrorCode::hsm_key_not_found && settings.sandbox != Switch::on)
            fmt::print(stderr, "takas: an institution in test gets its keys with --sandbox on\n");
        return report_failure(done.error());
    }
    if (!done->is_office_known) {
        fmt::print(stderr, "takas: no card of that day, no product and no personalisation key names office {}\n",
                   order.office);
        return exit_failed;
    }
    if (!file.keep()) {
        fmt::print(stderr, "takas: {} cannot be written, or is there already\n", order.to);
        return exit_failed;
    }
    fmt::print("{} cards in {}: {} with a PIN, {} with a chip\n", done->card_count, order.to, done->with_pin_count,
               done->with_chip_count);
    fmt::print("Its keys are under the office's personalisation key, KCV {}\n", done->key_check_value);
    return 0;
}

}  // namespace takas::main
