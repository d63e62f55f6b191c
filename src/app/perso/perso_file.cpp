#include "app/perso/perso_file.hpp"

#include "app/card_security/card_keys.hpp"
#include "app/card_security/clear_card.hpp"
#include "app/card_security/desk.hpp"
#include "app/catalog/catalog.hpp"
#include "app/catalog/time_zone.hpp"
#include "app/perso/perso_record.hpp"
#include "app/ports/tables.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"
#include "core/product/product_rules.hpp"
#include "crypto/digest.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::perso {
namespace {

namespace security = card_security;
using core::card::Card;
using core::key::KeyUsage;
using core::key::PaymentKey;
using ports::Compare;
using ports::where;

constexpr std::int64_t cards_per_read = 200;
/// A day of the institution lies within these hours of the same day in UTC.
constexpr std::int64_t time_zone_us = 15LL * 3'600 * 1'000'000;
constexpr std::int64_t day_us = 86'400LL * 1'000'000;
constexpr std::string_view file_key_label = "perso-file";

void wipe(std::string& text) { crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()}); }

/// The file's own keys: they are in its header as key blocks and nowhere else.
struct FileKeys {
    keys::KeyRef office;
    PaymentKey data, pin;
};

class PersoFile {
  public:
    PersoFile(Context& context, const PersoOrder& order, const std::function<bool(std::string_view)>& line)
        : context_(context), order_(order), line_(line) {}

    Result<PersoSummary> write() {
        if (auto keys = make_keys(); !keys) return std::unexpected(std::move(keys.error()));
        if (auto header = write_header(); !header) return std::unexpected(std::move(header.error()));
        if (auto cards = write_cards(); !cards) return std::unexpected(std::move(cards.error()));
        const auto known = summary_.card_count > 0 ? Result<bool>(true) : is_named_somewhere();
        if (!known) return std::unexpected(known.error());
        summary_.is_office_known = *known;
        const auto digest = digest_.finish();
        PersoTrailer trailer;
        trailer.card_count = summary_.card_count;
        trailer.with_pin_count = summary_.with_pin_count;
        trailer.with_chip_count = summary_.with_chip_count;
        trailer.sha256 = hex_encode(digest);
        if (!line_(protocol::json::encode(trailer))) return fail(ErrorCode::unavailable, "the file takes no more");
        summary_.key_check_value = keys_.office->kcv;
        return summary_;
    }

  private:
    ports::Hsm& hsm() { return context_.services.hsm; }

    Result<bool> is_named_somewhere() {
        using core::product::CardProduct;
        if (keys_.office->label == order_.office_code) return true;
        const auto products =
            context_.store().list<CardProduct>({{where<&CardProduct::tenant_id>(context_.tenant_id)}, {}, 0, 10'000});
        if (!products) return std::unexpected(products.error());
        return std::ranges::any_of(*products, [&](const CardProduct& product) {
            return std::ranges::any_of(product.physicals,
                                       [&](const auto& form) { return form.perso_office_code == order_.office_code; });
        });
    }

    Result<PaymentKey> make_key(KeyUsage usage, core::key::KeyAlgorithm algorithm) {
        PaymentKey draft;
        draft.tenant_id = context_.tenant_id;
        draft.id = context_.next_id<EntityId>();
        draft.label = file_key_label;
        draft.usage = usage;
        draft.algorithm = algorithm;
        draft.mode_of_use = core::key::ModeOfUse::both;
        draft.exportability = core::key::Exportability::exportable;
        draft.created_at = context_.now;
        return hsm().generate(std::move(draft));
    }

    Result<void> make_keys() {
        keys::KeyWish wish{.tenant_id = context_.tenant_id, .usage = KeyUsage::perso_kek, .label = order_.office_code};
        auto office = context_.services.keys.find(wish);
        wish.label = {};
        if (!office) office = context_.services.keys.find(wish);  // one key for all offices
        if (!office) return std::unexpected(std::move(office.error()));
        keys_.office = std::move(*office);
        auto data = make_key(KeyUsage::dek, core::key::KeyAlgorithm::aes_256);
        if (!data) return std::unexpected(std::move(data.error()));
        auto pin = make_key(KeyUsage::zpk, core::key::KeyAlgorithm::aes_128);
        if (!pin) return std::unexpected(std::move(pin.error()));
        keys_.data = std::move(*data), keys_.pin = std::move(*pin);
        return {};
    }

    Result<void> put(const std::string& text) {
        digest_.add(bytes_of(text));
        digest_.add(bytes_of("\n"));
        if (line_(text)) return {};
        return fail(ErrorCode::unavailable, "the file takes no more");
    }

    Result<void> write_header() {
        const auto version =
            core::key::is_aes(keys_.office->algorithm) ? ports::KeyBlockVersion::d : ports::KeyBlockVersion::b;
        auto data = hsm().export_block(keys_.data, *keys_.office, version);
        if (!data) return std::unexpected(std::move(data.error()));
        auto pin = hsm().export_block(keys_.pin, *keys_.office, version);
        if (!pin) return std::unexpected(std::move(pin.error()));
        PersoHeader header;
        if (const auto tenant = context_.services.catalog.tenant(context_.tenant_id)) header.tenant = tenant->code;
        header.office = order_.office_code;
        header.date = order_.date;
        header.created_at = context_.now;
        header.perso_key_check_value = keys_.office->kcv;
        header.data_key_block = std::move(*data), header.data_key_check_value = keys_.data.kcv;
        header.pin_key_block = std::move(*pin), header.pin_key_check_value = keys_.pin.kcv;
        return put(protocol::json::encode(header));
    }

    Result<void> write_cards() {
        const Instant day{order_.date.value * day_us};
        TokenId last{0};
        for (;;) {
            const auto cards = context_.store().list<Card>(
                {{where<&Card::tenant_id>(context_.tenant_id), where<&Card::token_id>(Compare::greater, last),
                  where<&Card::creation_time>(Compare::greater_or_equal, day.plus_us(-time_zone_us)),
                  where<&Card::creation_time>(Compare::less, day.plus_us(day_us + time_zone_us))},
                 {{member_name<&Card::token_id>}},
                 0,
                 cards_per_read});
            if (!cards) return std::unexpected(cards.error());
            for (const Card& card : *cards) {
                const auto wanted = is_wanted(card);
                if (!wanted) return std::unexpected(wanted.error());
                if (!*wanted) continue;
                if (auto done = write_card(card); !done) return done;
            }
            if (static_cast<std::int64_t>(cards->size()) < cards_per_read) return {};
            last = cards->back().token_id;
        }
    }

    /// Printed on this day by this office: as the card was ordered, else as its product says.
    Result<bool> is_wanted(const Card& card) {
        if (!core::product::is_printed(card.product_type)) return false;
        if (context_.services.catalog.local_date(context_.tenant_id, card.creation_time) != order_.date) return false;
        if (card.issuance && card.issuance->perso_office_code)
            return *card.issuance->perso_office_code == order_.office_code;
        const auto product = context_.services.card_security->products.find(context_.tenant_id, card.card_product_code);
        if (!product) return std::unexpected(product.error());
        const auto& forms = (*product)->physicals;
        const auto form =
            std::ranges::find(forms, card.product_type, &core::product::CardProductPhysical::physical_type);
        return form != forms.end() && form->perso_office_code == order_.office_code;
    }

    Result<std::string> seal(const Card& card, const security::ClearCard& clear) {
        const auto text = [](const crypto::SecretBytes& secret) { return std::string(text_of(secret.reveal())); };
        PersoSecrets secrets;
        secrets.card_no = clear.pan.reveal(core::card::RevealFor::personalisation);
        secrets.cvv = text(clear.cvv), secrets.icvv = text(clear.icvv), secrets.cvv2 = text(clear.cvv2);
        if (!clear.track1.empty()) secrets.track1 = text(clear.track1);
        secrets.track2 = text(clear.track2), secrets.chip_track2 = text(clear.track2_chip);
        std::string json = protocol::json::encode(secrets);
        auto sealed = hsm().encrypt_data(keys_.data, ports::DataCipher::aes_gcm, bytes_of(json),
                                         bytes_of(std::to_string(card.token_id.value)));
        for (std::string* one : {&json, &secrets.card_no, &secrets.cvv, &secrets.icvv, &secrets.cvv2, &secrets.track2,
                                 &secrets.chip_track2})
            wipe(*one);
        if (secrets.track1) wipe(*secrets.track1);
        if (!sealed) return std::unexpected(std::move(sealed.error()));
        return base64_encode(*sealed);
    }

    Result<std::optional<std::string>> pin_block(const security::CardView& view, const core::card::Pan& pan) {
        if (!core::card::has_pin(view.security)) return std::nullopt;
        const auto storage = context_.services.keys.by_id(context_.tenant_id, view.security.pin_block_key_id);
        if (!storage) return fail(ErrorCode::hsm_key_not_found, "the PIN storage key of a card is gone");
        const auto block =
            hsm().translate_pin({bytes_of(view.security.pin_block.bytes), core::key::PinFormat::iso4, *storage}, pan,
                                core::key::PinFormat::iso4, keys_.pin);
        if (!block) return std::unexpected(block.error());
        return hex_encode(*block);
    }

    Result<std::string> card_key(KeyUsage usage, const security::CardView& view, const core::card::Pan& pan) {
        const auto imk = security::key_of_card(context_.services.keys,
                                               {.tenant_id = context_.tenant_id,
                                                .usage = usage,
                                                .bin = pan.reveal(core::card::RevealFor::personalisation)},
                                               view.creation_time);
        if (!imk) return std::unexpected(imk.error());
        return hsm().export_card_key(**imk, {security::emv_profile_of(view), pan, view.pan_sequence_no}, *keys_.office);
    }

    Result<std::optional<ChipKeys>> chip_keys(const security::CardView& view, const core::card::Pan& pan) {
        if (view.form != core::product::ProductType::emv) return std::nullopt;
        ChipKeys chip;
        chip.emv_profile_code = security::emv_profile_of(view);
        for (const auto& [usage, member] :
             {std::pair(KeyUsage::imk_ac, &ChipKeys::ac), std::pair(KeyUsage::imk_smi, &ChipKeys::smi),
              std::pair(KeyUsage::imk_smc, &ChipKeys::smc)}) {
            auto block = card_key(usage, view, pan);
            if (!block) return std::unexpected(std::move(block.error()));
            chip.*member = std::move(*block);
        }
        return chip;
    }

    Result<void> write_card(const Card& card) {
        const auto view =
            security::look_at_card(context_.services.lanes, card.account_id, context_.tenant_id, card.token_id);
        if (!view) return std::unexpected(view.error());
        const auto clear = security::clear_card(context_, card, *view);
        if (!clear) return std::unexpected(clear.error());
        PersoCard out;
        out.sequence_no = summary_.card_count + 1;
        out.token_id = card.token_id;
        out.masked_card_no = card.masked_card_no;
        out.card_product_code = card.card_product_code;
        out.brand = card.brand, out.product_type = card.product_type;
        out.expire_date = card.expire_date, out.pan_sequence_no = card.pan_sequence_no;
        out.service_code = security::service_code_of(*view);
        out.personalized_name_line_1 = card.personalized_name_line_1;
        out.personalized_name_line_2 = card.personalized_name_line_2;
        if (card.card_art_id) out.card_art_id = card.card_art_id;
        out.issuance = card.issuance;
        out.delivery_address = card.delivery_address;
        out.delivery_communication = card.delivery_communication;
        auto sealed = seal(card, *clear);
        if (!sealed) return std::unexpected(std::move(sealed.error()));
        out.sealed = std::move(*sealed);
        auto block = pin_block(*view, clear->pan);
        if (!block) return std::unexpected(std::move(block.error()));
        out.pin_block = std::move(*block);
        auto chip = chip_keys(*view, clear->pan);
        if (!chip) return std::unexpected(std::move(chip.error()));
        out.chip = std::move(*chip);
        ++summary_.card_count;
        if (out.pin_block) ++summary_.with_pin_count;
        if (out.chip) ++summary_.with_chip_count;
        return put(protocol::json::encode(out));
    }

    Context& context_;
    const PersoOrder& order_;
    const std::function<bool(std::string_view)>& line_;
    FileKeys keys_;
    crypto::Sha256Stream digest_;
    PersoSummary summary_;
};

}  // namespace

Result<PersoSummary> write_perso_file(Context& context, const PersoOrder& order,
                                      const std::function<bool(std::string_view)>& line) {
    auto done = PersoFile(context, order, line).write();
    log::info("perso_file_written")
        .add("tenant_id", context.tenant_id)
        .add("office", order.office_code)
        .add("date", to_text(order.date))
        .add("cards", done ? done->card_count : 0)
        .add("is_whole", done.has_value())
        .add("user_id", context.user_id);
    return done;
}

}  // namespace takas::app::perso
