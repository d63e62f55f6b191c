#include "app/perso/perso_file.hpp"

#include "app/card_security/card_keys.hpp"
#include "app/card_security/clear_card.hpp"
#include "app/card_security/desk.hpp"
#include "app/catalog/catalog.hpp"
#include "app/perso/perso_record.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"
#include "base/optional_text.hpp"
#include "crypto/digest.hpp"
#include "protocol/json/codec.hpp"

namespace takas::app::perso {
namespace {

namespace security = card_security;
using core::card::Card;
using core::key::KeyUsage;
using core::key::PaymentKey;

constexpr std::string_view file_key_label = "perso-file";

void wipe(std::string& text) { crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()}); }

/// The file's own keys: they are in its header as key blocks and nowhere else.
struct FileKeys {
    keys::KeyRef office;
    PaymentKey data, pin;
};

class FileWriter {
  public:
    FileWriter(Context& context, const core::perso::PersoFile& file, const std::function<bool(std::string_view)>& line)
        : context_(context), file_(file), line_(line) {}

    Result<PersoSummary> write(std::span<const PrintOrder> orders) {
        if (auto keys = make_keys(); !keys) return std::unexpected(std::move(keys.error()));
        if (auto header = write_header(); !header) return std::unexpected(std::move(header.error()));
        for (const PrintOrder& one : orders)
            if (auto done = write_card(one); !done) return std::unexpected(std::move(done.error()));
        PersoTrailer trailer;
        trailer.card_count = summary_.card_count;
        trailer.with_pin_count = summary_.with_pin_count;
        trailer.with_chip_count = summary_.with_chip_count;
        trailer.sha256 = summary_.sha256 = hex_encode(digest_.finish());
        if (!line_(protocol::json::encode(trailer))) return fail(ErrorCode::unavailable, "the file takes no more");
        summary_.key_check_value = keys_.office->kcv;
        return summary_;
    }

  private:
    ports::Hsm& hsm() { return context_.services.hsm; }

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
        keys::KeyWish wish{
            .tenant_id = context_.tenant_id, .usage = KeyUsage::perso_kek, .label = file_.perso_office_code};
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
        header.file_id = file_.id;
        header.file_name = file_.file_name;
        header.office = file_.perso_office_code;
        header.date = file_.file_on, header.number = file_.file_no;
        header.created_at = context_.now;
        header.perso_key_check_value = keys_.office->kcv;
        header.data_key_block = std::move(*data), header.data_key_check_value = keys_.data.kcv;
        header.pin_key_block = std::move(*pin), header.pin_key_check_value = keys_.pin.kcv;
        return put(protocol::json::encode(header));
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

    /// What was ordered, which a later renewal of the card does not change.
    static core::card::IssuanceWishes wishes_of(const core::perso::Issuance& order) {
        core::card::IssuanceWishes wishes;
        wishes.perso_office_code = optional_text(order.perso_office_code);
        wishes.courier_code = optional_text(order.courier_code);
        wishes.delivery_type = order.delivery_type;
        wishes.letter_code = optional_text(order.letter_code);
        return wishes;
    }

    Result<void> write_card(const PrintOrder& one) {
        const core::perso::Issuance& order = one.order;
        Card card = one.card;
        card.personalized_name_line_1 = order.personalized_name_line_1;
        auto view = security::look_at_card(context_.services.lanes, card.account_id, context_.tenant_id, card.token_id);
        if (!view) return std::unexpected(view.error());
        view->expire_date = order.expire_date, view->pan_sequence_no = order.pan_sequence_no;
        const auto clear = security::clear_card(context_, card, *view);
        if (!clear) return std::unexpected(clear.error());
        PersoCard out;
        out.sequence_no = summary_.card_count + 1;
        out.issuance_id = order.id, out.barcode = order.barcode;
        out.issuance_type = order.issuance_type;
        out.token_id = card.token_id;
        out.masked_card_no = card.masked_card_no;
        out.card_product_code = card.card_product_code;
        out.brand = card.brand, out.product_type = card.product_type;
        out.expire_date = order.expire_date, out.pan_sequence_no = order.pan_sequence_no;
        out.service_code = security::service_code_of(*view);
        out.personalized_name_line_1 = order.personalized_name_line_1;
        out.personalized_name_line_2 = order.personalized_name_line_2;
        if (order.card_art_id) out.card_art_id = order.card_art_id;
        out.issuance = wishes_of(order);
        out.delivery_address = order.delivery_address;
        out.delivery_communication = order.delivery_communication;
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
    const core::perso::PersoFile& file_;
    const std::function<bool(std::string_view)>& line_;
    FileKeys keys_;
    crypto::Sha256Stream digest_;
    PersoSummary summary_;
};

}  // namespace

Result<PersoSummary> write_perso_file(Context& context, const core::perso::PersoFile& file,
                                      std::span<const PrintOrder> orders,
                                      const std::function<bool(std::string_view)>& line) {
    auto done = FileWriter(context, file, line).write(orders);
    log::info("perso_file_written")
        .add("tenant_id", context.tenant_id)
        .add("office", file.perso_office_code)
        .add("date", to_text(file.file_on))
        .add("number", file.file_no)
        .add("cards", done ? done->card_count : 0)
        .add("is_whole", done.has_value())
        .add("user_id", context.user_id);
    return done;
}

}  // namespace takas::app::perso
