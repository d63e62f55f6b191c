#include "app/archive/claim.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "app/archive/state.hpp"
#include "app/ports/tables.hpp"
#include "base/encoding.hpp"
#include "crypto/random.hpp"

namespace takas::app::archive {
namespace {

using ports::Meta;
using ports::where;

constexpr std::string_view claim_name = "archive_claim";
constexpr std::int64_t renewal_s = 300;

/// When the claim was last renewed: "TOKEN MICROSECONDS". What cannot be read is nobody's.
Instant renewal_of(std::string_view value) {
    Instant at;
    const std::string_view digits = value.substr(std::min(value.size(), value.find(' ') + 1));
    std::from_chars(digits.data(), digits.data() + digits.size(), at.value);
    return at;
}

/// A claim from the future is of a machine whose clock is wrong: it may not hold for years.
bool is_alive(std::string_view value, Instant now) {
    if (value.empty()) return false;
    const Instant at = renewal_of(value);
    return at > now.plus_seconds(-claim_life_s) && at < now.plus_seconds(claim_life_s);
}

}  // namespace

Claim::Claim(ports::Store& store, const ports::Clock& clock, std::string token)
    : store_(store), clock_(clock), token_(std::move(token)) {}

Result<std::unique_ptr<Claim>> Claim::take(ports::Store& store, const ports::Clock& clock) {
    ports::Unit unit;
    unit.insert_if_absent(Meta{std::string(claim_name), ""});
    if (auto done = check_committed(store.commit_and_wait(std::move(unit))); !done)
        return std::unexpected(std::move(done.error()));
    const auto row = store.find<Meta>({where<&Meta::name>(claim_name)});
    if (!row) return std::unexpected(row.error());
    const std::string found = *row ? (*row)->value : std::string();
    if (is_alive(found, clock.now()))
        return fail(ErrorCode::concurrent_change,
                    fmt::format("another run works on this store's archive; should it be dead, its claim ends at {}",
                                to_text(renewal_of(found).plus_seconds(claim_life_s))));
    std::array<std::uint8_t, 8> name{};
    crypto::random_fill(name);
    std::unique_ptr<Claim> claim(new Claim(store, clock, hex_encode(name)));
    claim->value_ = found;
    if (auto done = claim->renew(); !done) {
        claim->value_.clear();  // it never was this run's
        return std::unexpected(std::move(done.error()));
    }
    return claim;
}

Claim::~Claim() {
    if (value_.starts_with(token_)) replace("");
}

void Claim::guard(ports::Unit& unit) const { guard_meta(unit, claim_name, value_); }

ports::CommitResult Claim::replace(const std::string& value) {
    ports::Unit unit;
    guard(unit);
    unit.update(Meta{std::string(claim_name), value});
    return store_.commit_and_wait(std::move(unit));
}

Result<void> Claim::renew() {
    const Instant now = clock_.now();
    const std::string value = fmt::format("{} {}", token_, now.value);
    if (auto done = check_committed(replace(value)); !done) return done;
    value_ = value;
    renewed_at_ = now;
    return {};
}

Result<void> Claim::keep() { return clock_.now() < renewed_at_.plus_seconds(renewal_s) ? Result<void>{} : renew(); }

}  // namespace takas::app::archive
