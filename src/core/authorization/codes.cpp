#include "core/authorization/codes.hpp"

#include <cstdio>

namespace takas::core::authorization {
namespace {

constexpr std::array<std::string_view, 55> wire_codes{
    "00", "Y1", "Y2", "Y3", "01", "02", "03", "04", "05", "06", "07", "08", "09", "12", "13", "14", "15", "25", "28",
    "29", "30", "33", "36", "38", "41", "43", "51", "52", "53", "54", "55", "57", "58", "59", "61", "62", "63", "65",
    "70", "71", "75", "76", "77", "78", "79", "85", "86", "88", "89", "91", "92", "93", "95", "96", "94"};

using R = ResponseCode;
using D = DeclineReason;

// clang-format off
constexpr std::array declines{
    DeclineRow{D::card_not_found, R::invalid_account_number, "There is no such card.", "Kart bulunamadı."},
    DeclineRow{D::card_not_active, R::transaction_not_permitted_cardholder, "The card is not activated yet.", "Kart henüz aktif edilmemiş."},
    DeclineRow{D::card_suspended, R::restricted_card, "The card is suspended.", "Kart askıya alınmış."},
    DeclineRow{D::card_closed, R::invalid_account_number, "The card is closed.", "Kart kapatılmış."},
    DeclineRow{D::card_lost, R::lost_card_pick_up, "The card was reported lost.", "Kart kayıp bildirilmiş."},
    DeclineRow{D::card_stolen, R::stolen_card_pick_up, "The card was reported stolen.", "Kart çalıntı bildirilmiş."},
    DeclineRow{D::card_fraud, R::suspected_fraud, "The card is blocked because of fraud.", "Kart sahtecilik nedeniyle kapalı."},
    DeclineRow{D::card_expired, R::expired_card, "The card has expired, or the expiry does not match.", "Kartın süresi dolmuş veya son kullanma tarihi uyuşmuyor."},
    DeclineRow{D::pin_wrong, R::incorrect_pin, "The PIN is wrong.", "PIN hatalı."},
    DeclineRow{D::pin_blocked, R::pin_try_exceeded, "The PIN is blocked.", "PIN bloke."},
    DeclineRow{D::cvv_wrong, R::security_violation, "The card verification value is wrong.", "Kart doğrulama değeri hatalı."},
    DeclineRow{D::cvv2_wrong, R::security_violation, "The CVV2 is wrong.", "CVV2 hatalı."},
    DeclineRow{D::cvv2_blocked, R::restricted_card, "The CVV2 is blocked.", "CVV2 bloke."},
    DeclineRow{D::arqc_failed, R::arqc_failed, "The chip cryptogram is wrong.", "Çip kriptogramı hatalı."},
    DeclineRow{D::cavv_failed, R::security_violation, "The 3-D Secure cryptogram is wrong.", "3-D Secure kriptogramı hatalı."},
    DeclineRow{D::policy_refused, R::transaction_not_permitted_cardholder, "The card's policy does not allow this transaction.", "Kartın kullanım politikası bu işleme izin vermiyor."},
    DeclineRow{D::control_refused, R::transaction_not_permitted_cardholder, "An authorization control refused the transaction.", "İşlem bir yetkilendirme kontrolü tarafından reddedildi."},
    DeclineRow{D::duplicate_message, R::duplicate_message, "This transaction was already processed.", "Bu işlem daha önce gerçekleştirilmiş."},
    DeclineRow{D::velocity_amount_exceeded, R::exceeds_withdrawal_amount_limit, "An amount limit is exceeded.", "Tutar limiti aşıldı."},
    DeclineRow{D::velocity_count_exceeded, R::exceeds_withdrawal_frequency_limit, "A count limit is exceeded.", "İşlem adedi limiti aşıldı."},
    DeclineRow{D::insufficient_balance, R::insufficient_funds, "The available balance is too low.", "Kullanılabilir bakiye yetersiz."},
    DeclineRow{D::original_not_found, R::original_not_found, "The original transaction was not found.", "Asıl işlem bulunamadı."},
    DeclineRow{D::original_not_reversible, R::original_declined, "The original transaction was declined or is already reversed.", "Asıl işlem reddedilmiş veya daha önce iptal edilmiş."},
    DeclineRow{D::amount_invalid, R::invalid_amount, "The amount is not valid, or above the original's.", "Tutar geçersiz veya asıl işlemin tutarını aşıyor."},
    DeclineRow{D::currency_not_convertible, R::invalid_transaction, "There is no exchange rate for the currency.", "Para birimi için kur tanımlı değil."},
    DeclineRow{D::host_timeout, R::issuer_or_switch_inoperative, "The institution's host did not answer in time.", "Kurum sistemi zamanında yanıt vermedi."},
    DeclineRow{D::host_refused, R::do_not_honour, "The institution's host refused the transaction.", "Kurum sistemi işlemi reddetti."},
    DeclineRow{D::code_not_supported, R::invalid_transaction, "The product does not support this kind of transaction.", "Ürün bu işlem türünü desteklemiyor."},
    DeclineRow{D::terminal_not_valid, R::transaction_not_permitted_terminal, "The merchant or terminal is not valid.", "Üye işyeri veya terminal geçersiz."},
    DeclineRow{D::format_error, R::format_error, "The message is not well formed.", "Mesaj biçimi hatalı."},
    DeclineRow{D::pin_not_verifiable, R::cannot_verify_pin, "The PIN cannot be verified.", "PIN doğrulanamıyor."},
    DeclineRow{D::internal_error, R::system_malfunction, "An internal error occurred.", "Beklenmeyen bir hata oluştu."},
};
// clang-format on

using C = TransactionCode;
using enum Movement;
constexpr auto financial = TransactionCategory::financial;
constexpr auto non_financial = TransactionCategory::non_financial;

constexpr std::array code_rows{
    TransactionCodeRow{C::unknown, refused, financial},
    TransactionCodeRow{C::purchase, hold, financial},
    TransactionCodeRow{C::cash_withdrawal, hold, financial},
    TransactionCodeRow{C::cash_advance, hold, financial},
    TransactionCodeRow{C::purchase_with_cashback, hold, financial},
    TransactionCodeRow{C::quasi_cash, hold, financial},
    TransactionCodeRow{C::account_funding, hold, financial},
    TransactionCodeRow{C::pre_authorization, hold, financial},
    TransactionCodeRow{C::pre_authorization_completion, hold, financial},
    TransactionCodeRow{C::refund, credit, financial},
    TransactionCodeRow{C::deposit, credit, financial},
    TransactionCodeRow{C::original_credit, credit, financial},
    TransactionCodeRow{C::payment_transaction, credit, financial},
    TransactionCodeRow{C::balance_inquiry, nothing, non_financial},
    TransactionCodeRow{C::mini_statement, refused, non_financial},
    TransactionCodeRow{C::account_verification, nothing, non_financial},
    TransactionCodeRow{C::account_transfer, refused, financial},
    TransactionCodeRow{C::bill_payment, hold, financial},
    TransactionCodeRow{C::pin_change, refused, non_financial},
    TransactionCodeRow{C::pin_unblock, refused, non_financial},
    TransactionCodeRow{C::pin_verify, refused, non_financial},
    TransactionCodeRow{C::void_transaction, refused, financial},
    TransactionCodeRow{C::load, refused, financial},
    TransactionCodeRow{C::unload, refused, financial},
    TransactionCodeRow{C::fee, refused, financial},
    TransactionCodeRow{C::adjustment, refused, financial},
};

constexpr bool code_rows_follow_the_enum() {
    for (std::size_t i = 0; i < code_rows.size(); ++i)
        if (static_cast<std::size_t>(code_rows[i].code) != i) return false;
    return true;
}
static_assert(code_rows_follow_the_enum());

}  // namespace

std::string_view wire_code(ResponseCode code) { return wire_codes[static_cast<std::size_t>(code)]; }

const DeclineRow& decline_row(DeclineReason reason) {
    for (const DeclineRow& row : declines)
        if (row.reason == reason) return row;
    return declines.back();
}

std::string public_code(DeclineReason reason) {
    if (reason == DeclineReason::none) return {};
    char text[16];
    std::snprintf(text, sizeof text, "AUTH:%05d", static_cast<int>(reason));
    return text;
}

const TransactionCodeRow& code_row(TransactionCode code) { return code_rows[static_cast<std::size_t>(code)]; }

}  // namespace takas::core::authorization
