// Asks the HSM about the secrets of one message: outside the lane's lock, on the caller's thread. Never says which
// check of a PIN failed. Knows which key serves which card; decides nothing.
#pragma once

#include "app/card_security/card_view.hpp"
#include "app/card_security/presented.hpp"
#include "app/card_security/verdicts.hpp"
#include "app/cards/pan_vault.hpp"
#include "app/keys/key_directory.hpp"
#include "app/ports/hsm.hpp"
#include "app/products/product_cache.hpp"
#include "crypto/payment/emv_profile.hpp"

namespace takas::app::card_security {

/// What a message says besides its secrets, as far as they depend on it.
struct Circumstances {
    core::authorization::PosEntryMode pos_entry_mode{};
    bool is_offline = false;  ///< decided at the terminal: the cryptogram is no question to the issuer
    core::authorization::TransactionCode code{};
    std::int64_t amount_minor = 0;  ///< DE 4
    core::money::Currency currency;
};

/// The issuer's part of a chip transaction's answer.
struct ChipAnswer {
    Bytes arpc;                        ///< 8 octets, 4 of method 2; empty: there was no good cryptogram
    Bytes issuer_authentication_data;  ///< tag 91
    std::vector<Bytes> scripts;        ///< whole script templates (tag 72)
};

class Verifier {
  public:
    Verifier(ports::Hsm& hsm, keys::KeyDirectory& keys, const cards::PanVault& vault, products::ProductCache& products)
        : hsm_(hsm), keys_(keys), vault_(vault), products_(products) {}

    /// Errors: hsm_unavailable and others that say nothing about the secrets; a wrong, unreadable or uncheckable secret
    /// is a verdict.
    Result<Verdicts> verify(const Presented& presented, const CardView& card, const Circumstances& circumstances);

    /// The chip's answer after the decision, for a cryptogram that was found good: with this response code, and with
    /// scripts of these kinds.
    Result<ChipAnswer> answer_chip(const Presented& presented, const CardView& card, std::string_view response_code,
                                   std::span<const core::card::IssuerScript> scripts);

  private:
    struct Question;
    Result<void> ask_stripe(const Question& question, Verdicts& verdicts);
    Result<void> ask_contactless(const Question& question, crypto::payment::ContactlessCode form, Verdicts& verdicts);
    Result<void> ask_cvv2(const Question& question, Verdicts& verdicts);
    Result<void> ask_pin(const Question& question, Verdicts& verdicts);
    Result<void> ask_chip(const Question& question, Verdicts& verdicts);
    Result<void> ask_cavv(const Question& question, Verdicts& verdicts);
    struct Chip;
    struct ChipVerdict;
    Result<ChipVerdict> verify_arqc(const Question& question, const Chip& chip, std::string_view response_code);
    Result<std::vector<Bytes>> build_scripts(const Question& question, const Chip& chip,
                                             const core::key::PaymentKey& imk_ac,
                                             std::span<const core::card::IssuerScript> scripts);
    Result<Bytes> build_pin_change(const Question& question, const Chip& chip, const core::key::PaymentKey& imk_ac,
                                   const core::key::PaymentKey& smi);
    static std::optional<Chip> read_chip(const CardView& card, ByteView octets);

    ports::Hsm& hsm_;
    keys::KeyDirectory& keys_;
    const cards::PanVault& vault_;
    products::ProductCache& products_;
};

}  // namespace takas::app::card_security
