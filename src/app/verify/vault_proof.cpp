#include "app/verify/vault_proof.hpp"

#include "app/ports/tables.hpp"
#include "app/vault/directory.hpp"
#include "app/vault/places.hpp"
#include "app/verify/windows.hpp"

namespace takas::app::verify {
namespace {

using core::vault::MerchantState;
using core::vault::VaultCard;
using core::vault::VaultMerchant;
using core::vault::VaultTempCard;
using ports::Compare;
using ports::where;

/// Rows between two questions to the store: about 20 MB where a store reads them ahead.
constexpr std::int64_t cards_per_window = 20'000;

class Prover {
  public:
    Prover(ports::Store& store, vault::Keys& keys, const Progress& progress, VaultProof& proof)
        : store_(store), keys_(keys), progress_(progress), proof_(proof), findings_(proof) {}

    Result<void> run() {
        const auto merchants = store_.list<VaultMerchant>({{}, {{"id"}}, 0, vault::merchants_max});
        if (!merchants) return std::unexpected(merchants.error());
        for (const VaultMerchant& merchant : *merchants)
            if (auto done = prove(merchant); !done) return done;
        return count_all();
    }

  private:
    Result<void> prove(const VaultMerchant& merchant) {
        const auto keys = keys_.of(merchant.id);
        if (keys) {
            ++proof_.merchants;
            if (auto done = prove_cards(**keys); !done) return done;
            return for_each<VaultTempCard>(store_, {where<&VaultTempCard::merchant_id>(merchant.id)},
                                           [&](const VaultTempCard& row) { prove_row(row, **keys); });
        }
        switch (keys.error().code) {
            case ErrorCode::vault_key_not_usable:
            case ErrorCode::internal:
            case ErrorCode::hsm_key_not_found:
            case ErrorCode::hsm_key_not_usable:
                break;
            default:
                return std::unexpected(keys.error());
        }
        const auto left = rows_of(merchant.id);
        if (!left) return std::unexpected(left.error());
        proof_.unreadable += *left;
        if (merchant.state != MerchantState::erased)
            findings_.add("vault.keys", fmt::format("vault merchant {}", merchant.id.value), "keys that open",
                          keys.error().internal_detail);
        return {};
    }

    Result<void> prove_cards(const vault::MerchantKeys& keys) {
        EntityId after;
        while (true) {
            std::int64_t count = 0;
            auto read = for_each<VaultCard>(store_,
                                            ports::Query{{where<&VaultCard::merchant_id>(keys.merchant_id),
                                                          where<&VaultCard::id>(Compare::greater, after)},
                                                         {{"id"}},
                                                         0,
                                                         cards_per_window},
                                            [&](const VaultCard& row) {
                                                ++count;
                                                after = row.id;
                                                prove_row(row, keys);
                                            });
            if (!read) return read;
            if (progress_) progress_("vault cards", seen_);
            if (count < cards_per_window) return {};
        }
    }

    template <class Row>
    void prove_row(const Row& row, const vault::MerchantKeys& keys) {
        constexpr bool is_temporary = std::same_as<Row, VaultTempCard>;
        ++seen_;
        const auto at = [&] {
            return fmt::format("vault merchant {} {} {}", row.merchant_id.value,
                               is_temporary ? "temporary card" : "card", row.id.value);
        };
        if (!keys.find(row.key_version))
            return findings_.add("vault.card_key", at(), fmt::format("data key {}", row.key_version),
                                 "none of this version");
        if (!vault::open(row.sealed, row.key_version, keys, vault::place_of(row)))
            return findings_.add("vault.card", at(),
                                 fmt::format("opens under data key {}, in its place", row.key_version),
                                 "altered, or another row's");
        ++(is_temporary ? proof_.temp_cards : proof_.cards);
    }

    Result<std::int64_t> rows_of(EntityId merchant_id) {
        const auto cards = store_.count_of<VaultCard>(std::array{where<&VaultCard::merchant_id>(merchant_id)});
        if (!cards) return cards;
        const auto temporary =
            store_.count_of<VaultTempCard>(std::array{where<&VaultTempCard::merchant_id>(merchant_id)});
        if (!temporary) return temporary;
        return *cards + *temporary;
    }

    /// A row that names a merchant who is not there was not looked at.
    Result<void> count_all() {
        const auto cards = store_.count_of<VaultCard>({}), temporary = store_.count_of<VaultTempCard>({});
        if (!cards) return std::unexpected(cards.error());
        if (!temporary) return std::unexpected(temporary.error());
        const std::int64_t all = *cards + *temporary, known = seen_ + proof_.unreadable;
        if (all != known) findings_.add("vault.cards", "cards of known merchants", all, known);
        return {};
    }

    ports::Store& store_;
    vault::Keys& keys_;
    const Progress& progress_;
    VaultProof& proof_;
    Findings findings_;
    std::int64_t seen_ = 0;
};

}  // namespace

Result<VaultProof> prove_vault(ports::Store& store, vault::Keys& keys, const Progress& progress) {
    VaultProof proof;
    if (auto done = Prover(store, keys, progress, proof).run(); !done) return std::unexpected(std::move(done.error()));
    return proof;
}

std::string to_text(const VaultProof& proof) {
    if (proof.merchants + proof.unreadable == 0 && proof.sound()) return {};
    std::string out = fmt::format("{} cards and {} temporary cards of {} vault merchants opened\n", proof.cards,
                                  proof.temp_cards, proof.merchants);
    if (proof.unreadable > 0) out += fmt::format("{} cards have no keys any more\n", proof.unreadable);
    if (proof.sound()) return out + "the vault opens\n";
    return out + fmt::format("{} differences in the vault\n", proof.difference_count) + lines_of(proof);
}

}  // namespace takas::app::verify
