#include "base/error.hpp"

#include <array>

namespace takas {
namespace {

using enum ErrorCode;

// One row a line, however long: a table is read down its columns.
// clang-format off
constexpr std::array<ErrorRow, static_cast<std::size_t>(count_)> rows{{
    {validation, "COMMON:00001", 400, false, "The request is not valid.", "İstek geçerli değil.", "Correct the fields listed in validationErrors."},
    {not_found, "COMMON:00002", 404, false, "There is no such resource.", "Kayıt bulunamadı.", "Check the path and the id."},
    {forbidden, "COMMON:00003", 403, false, "The user lacks the permission for this operation.", "Kullanıcının bu işlem için yetkisi yok.", "Give the user a role with the permission named in the reference."},
    {concurrent_change, "COMMON:00004", 409, true, "Someone else changed the record at the same moment.", "Kayıt aynı anda başka biri tarafından değiştirildi.", "Read it again and repeat the change."},
    {unauthenticated, "COMMON:00005", 401, false, "A valid access token is needed.", "Geçerli bir erişim anahtarı gerekli.", "Get a token from /connect/token."},
    {too_many_requests, "COMMON:00006", 429, true, "Too many requests.", "Çok fazla istek gönderildi.", "Wait as long as Retry-After says."},
    {unavailable, "COMMON:00007", 503, true, "The service cannot do this right now; nothing was changed.", "Hizmet şu anda bu işlemi yapamıyor; hiçbir değişiklik yapılmadı.", "Repeat the request later, with the same Idempotency-Key."},
    {internal, "COMMON:00008", 500, false, "An internal error occurred.", "Beklenmeyen bir hata oluştu.", "Report the correlation id."},
    {idempotency_conflict, "COMMON:00009", 409, false, "The Idempotency-Key was used for a different request.", "Idempotency-Key farklı bir istek için kullanılmış.", "Use a new key for a new request."},
    {malformed_json, "COMMON:00010", 400, false, "The body is not well-formed JSON.", "Gövde geçerli bir JSON değil.", "Send one UTF-8 JSON object without duplicate keys."},
    {body_too_large, "COMMON:00011", 413, false, "The request body is too large.", "İstek gövdesi çok büyük.", "Send less; the limits are in the reference."},
    {method_not_allowed, "COMMON:00012", 405, false, "This path does not know the method.", "Bu adres bu yöntemi desteklemiyor.", "Use a method named in the Allow header."},
    {unsupported_media_type, "COMMON:00013", 415, false, "The content type is not supported.", "İçerik türü desteklenmiyor.", "Send application/json."},
    {outcome_unknown, "COMMON:00014", 503, true, "The outcome is not known yet.", "İşlemin sonucu henüz bilinmiyor.", "Repeat the request with the same Idempotency-Key or message key."},
    {request_in_progress, "COMMON:00015", 409, true, "The first request with this Idempotency-Key is still running.", "Bu Idempotency-Key ile gönderilen ilk istek hâlâ işleniyor.", "Repeat it a moment later."},
    {already_exists, "COMMON:00016", 409, false, "The record exists already.", "Kayıt zaten var.", "Use the existing record."},
    {duplicate_message, "AUTH:00018", 409, false, "This transaction was already processed.", "Bu işlem daha önce gerçekleştirilmiş.", "Send a new transaction with its own STAN and time."},
    {card_not_found, "CARD:00001", 404, false, "There is no such card.", "Kart bulunamadı.", "Check the token id."},
    {card_wrong_status, "CARD:00002", 422, false, "The card's status does not allow this.", "Kartın durumu bu işleme uygun değil.", "Read the card's status first."},
    {card_transition_not_allowed, "CARD:00003", 422, false, "The card cannot go from its status to the one asked for.", "Kart mevcut durumundan istenen duruma geçirilemez.", "See the card status table in the reference."},
    {card_reason_not_allowed, "CARD:00004", 422, false, "The reason does not fit this status change.", "Gerekçe bu durum değişikliği için uygun değil.", "See the card status table in the reference."},
    {product_inactive, "CARD:00005", 422, false, "The card product is not active.", "Kart ürünü aktif değil.", "Activate the product or choose another one."},
    {bin_range_exhausted, "CARD:00006", 422, false, "The product's BIN range has no card number left.", "Ürünün BIN aralığında kullanılabilir kart numarası kalmadı.", "Widen the range or give the product another one."},
    {card_limit_reached, "CARD:00007", 422, false, "The customer has as many cards of this product as it allows.", "Müşteri bu üründen izin verilen kart sayısına ulaştı.", "Close a card or raise maxCardPerCustomer."},
    {child_card_not_allowed, "CARD:00008", 422, false, "The product does not allow this child card.", "Ürün bu ek karta izin vermiyor.", "Use a parent card of the same customer product that allows child cards."},
    {delivery_address_missing, "CARD:00009", 422, false, "A physical card needs a delivery address or a customer address.", "Fiziksel kart için teslimat adresi veya müşteri adresi gerekli.", "Send deliveryAddress or add an address to the customer."},
    {account_not_found, "CARD:00010", 404, false, "There is no such account.", "Hesap bulunamadı.", "Check the account id."},
    {insufficient_funds, "CARD:00011", 422, false, "The available balance is too low.", "Kullanılabilir bakiye yetersiz.", "Ask for at most the available balance."},
    {currency_mismatch, "CARD:00012", 422, false, "The currency is not the account's currency.", "Para birimi hesabın para birimi değil.", "Use the account's currency."},
    {reference_reused, "CARD:00013", 409, false, "The reference was used for another amount on this account.", "Referans bu hesapta farklı bir tutar için kullanılmış.", "Use a new reference."},
    {transaction_not_found, "CARD:00014", 404, false, "There is no such transaction.", "İşlem bulunamadı.", "Check the transaction id."},
    {transaction_not_reversible, "CARD:00015", 422, false, "The transaction cannot be reversed or refunded in its state.", "İşlem bulunduğu durumda iptal veya iade edilemez.", "Read the transaction's state first."},
    {amount_above_original, "CARD:00016", 422, false, "The amount is above what is left of the original transaction.", "Tutar asıl işlemden kalan tutarı aşıyor.", "Ask for at most remainingAmount."},
    {pin_not_set, "CARD:00017", 422, false, "The card has no PIN.", "Kartın PIN'i tanımlı değil.", "Set a PIN first."},
    {phone_missing, "CARD:00018", 422, false, "The card has no phone number.", "Kartın telefon numarası tanımlı değil.", "Give the card a phone number first."},
    {message_not_sent, "CARD:00019", 503, true, "The message could not be handed to the message gateway.", "Mesaj, mesaj ağ geçidine iletilemedi.", "Repeat the request later."},
    {noname_not_allowed, "CARD:00020", 422, false, "The product does not allow cards without an owner.", "Ürün isimsiz karta izin vermiyor.", "Set isNonameAllowed on the product or choose another one."},
    {card_not_noname, "CARD:00021", 422, false, "The card was not issued without an owner.", "Kart isimsiz kart olarak çıkarılmamış.", "Link and unlink noname cards only."},
    {card_already_linked, "CARD:00022", 422, false, "The card has an owner already.", "Kart zaten bir müşteriye bağlı.", "Unlink it first, or take another card."},
    {card_not_linked, "CARD:00023", 422, false, "The card has no owner.", "Kart bir müşteriye bağlı değil.", "Link it to a customer first."},
    {account_not_empty, "CARD:00024", 422, false, "The card's account still holds money or carries another card.", "Kartın hesabında bakiye, bloke veya başka bir kart var.", "Unload the account and wait for open holds first: the money is its owner's, not the next one's."},
    {card_already_renewed, "CARD:00025", 422, false, "The card is renewed already.", "Kart zaten yenilenmiş.", "Use the renewed card; activate it when it has arrived."},
    {card_not_renewed, "CARD:00026", 422, false, "No renewed card waits for activation.", "Aktivasyon bekleyen yenilenmiş kart yok.", "Renew the card first."},
    {card_batch_not_found, "CARD:00027", 404, false, "There is no such batch of cards.", "Kart partisi bulunamadı.", "Check the batch id."},
    {pin_wrong, "AUTH:00009", 422, false, "The PIN is wrong.", "PIN hatalı.", "Ask the cardholder again; wrong entries are counted."},
    {pin_blocked, "AUTH:00010", 422, false, "The PIN is blocked.", "PIN bloke.", "Unblock it, or set a new one."},
    {customer_exists, "CUST:00001", 409, false, "The customer number is in use.", "Müşteri numarası kullanılıyor.", "Use get-or-create, or another number."},
    {customer_not_found, "CUST:00002", 404, false, "There is no such customer.", "Müşteri bulunamadı.", "Check the customer number."},
    {one_per_type, "CUST:00003", 422, false, "Only one entry of each type is allowed.", "Her türden yalnızca bir kayıt olabilir.", "Send each type once."},
    {segment_in_use, "CUST:00004", 422, false, "The segment is in use.", "Segment kullanımda.", "Move its customers first."},
    {segment_not_found, "CUST:00005", 422, false, "There is no such segment.", "Segment bulunamadı.", "Create the segment first."},
    {product_exists, "PROD:00001", 409, false, "The product code is in use.", "Ürün kodu kullanılıyor.", "Choose another code."},
    {product_not_found, "PROD:00002", 404, false, "There is no such card product.", "Kart ürünü bulunamadı.", "Check the product code."},
    {product_in_use, "PROD:00003", 422, false, "The product has cards.", "Ürüne ait kartlar var.", "Make it Passive instead."},
    {range_overlap, "PROD:00004", 409, false, "The range overlaps another range of the BIN.", "Aralık, BIN'in başka bir aralığı ile çakışıyor.", "Choose a free interval."},
    {bin_exists, "PROD:00005", 409, false, "The BIN exists already.", "BIN zaten kayıtlı.", "Use the existing BIN."},
    {bin_not_found, "PROD:00006", 404, false, "There is no such BIN.", "BIN bulunamadı.", "Ask the operator to register the BIN."},
    {bin_in_use, "PROD:00007", 422, false, "The BIN has ranges.", "BIN'e ait aralıklar var.", "Remove its ranges first."},
    {range_not_found, "PROD:00008", 404, false, "There is no such BIN range.", "BIN aralığı bulunamadı.", "Check the range id."},
    {range_in_use, "PROD:00009", 422, false, "The range is in use.", "Aralık kullanımda.", "Numbers already drawn must stay inside the range."},
    {art_exists, "PROD:00010", 409, false, "The card art code is in use.", "Kart görseli kodu kullanılıyor.", "Choose another code."},
    {art_not_found, "PROD:00011", 404, false, "There is no such card art.", "Kart görseli bulunamadı.", "Check the card art id."},
    {art_in_use, "PROD:00012", 422, false, "The card art is in use.", "Kart görseli kullanımda.", "Give its products and cards another art first."},
    {art_image_not_found, "PROD:00016", 404, false, "The card art has no such image.", "Kart görselinin bu resmi yok.", "Upload it first."},
    {group_exists, "PROD:00013", 409, false, "The product group name is in use.", "Ürün grubu adı kullanılıyor.", "Choose another name."},
    {group_not_found, "PROD:00014", 404, false, "There is no such product group.", "Ürün grubu bulunamadı.", "Check the group id."},
    {group_in_use, "PROD:00015", 422, false, "The product group has products.", "Ürün grubuna ait ürünler var.", "Move its products first."},
    {issuance_not_found, "PERSO:00001", 404, false, "There is no such personalisation order.", "Kişiselleştirme talebi bulunamadı.", "Check the order's id."},
    {perso_transition_not_allowed, "PERSO:00002", 422, false, "The order cannot go from its status to the one asked for.", "Talep mevcut durumundan istenen duruma geçirilemez.", "See allowedStatuses in error.data."},
    {perso_office_missing, "PERSO:00003", 422, false, "The order has no personalisation office.", "Talebin kişiselleştirme merkezi tanımlı değil.", "Send persoOfficeCode with the status."},
    {shipment_not_found, "PERSO:00004", 404, false, "There is no delivery with this barcode.", "Bu barkoda ait teslimat bulunamadı.", "Check the barcode."},
    {delivery_transition_not_allowed, "PERSO:00005", 422, false, "The delivery cannot go from its status to the one asked for.", "Teslimat mevcut durumundan istenen duruma geçirilemez.", "See allowedStatuses in error.data."},
    {webhook_not_found, "HOOK:00001", 404, false, "There is no such webhook.", "Webhook bulunamadı.", "Check the webhook id."},
    {webhook_url_refused, "HOOK:00002", 422, false, "The webhook address is not allowed.", "Webhook adresine izin verilmiyor.", "Use a public https address without credentials."},
    {delivery_not_found, "HOOK:00003", 404, false, "There is no such delivery.", "Teslimat bulunamadı.", "Check the delivery id."},
    {event_cursor_refused, "EVENT:00001", 422, false, "The event log cannot be read on from this number.", "Olay kaydı bu numaradan itibaren okunamaz.", "Events behind the cursor were removed, or no log gave it: begin with after=0, the oldest event that is kept."},
    {tenant_exists, "SYS:00001", 409, false, "The tenant code is in use.", "Kurum kodu kullanılıyor.", "Choose another code."},
    {tenant_not_found, "SYS:00002", 404, false, "There is no such tenant.", "Kurum bulunamadı.", "Check the tenant id."},
    {user_exists, "SYS:00003", 409, false, "The user name is in use.", "Kullanıcı adı kullanılıyor.", "Choose another name."},
    {user_not_found, "SYS:00004", 404, false, "There is no such user.", "Kullanıcı bulunamadı.", "Check the user id."},
    {role_unknown, "SYS:00005", 422, false, "There is no such role.", "Böyle bir rol yok.", "Use a role named in the reference."},
    {sandbox_disabled, "SYS:00006", 403, false, "Transaction testing is switched off.", "İşlem testi kapalı.", "Start the server in test mode."},
    {hsm_key_not_found, "HSM:00001", 422, false, "The institution has no key for this.", "Kurumun bu işlem için bir anahtarı yok.", "Generate or import the key (takas keys)."},
    {hsm_key_usage_refused, "HSM:00002", 422, false, "The key may not be used for this.", "Anahtar bu işlem için kullanılamaz.", "Use a key whose usage, algorithm and mode of use fit."},
    {hsm_pin_block_invalid, "HSM:00003", 422, false, "The PIN block is not valid.", "PIN bloğu geçerli değil.", "Check format, key and card number of the PIN block."},
    {hsm_kcv_mismatch, "HSM:00004", 422, false, "The key check value does not match.", "Anahtar kontrol değeri uyuşmuyor.", "Compare the key check value with the sender's."},
    {hsm_key_block_altered, "HSM:00005", 500, false, "A stored key cannot be used.", "Kayıtlı bir anahtar kullanılamıyor.", "Restore the key's record, or import the key again."},
    {hsm_key_block_invalid, "HSM:00006", 422, false, "The wrapped key is not valid.", "Şifreli anahtar geçerli değil.", "Check the wrapping key, the key block and its header."},
    {hsm_lmk_not_loaded, "HSM:00007", 503, true, "The HSM's local master key is not loaded.", "HSM ana anahtarı yüklü değil.", "Load the local master key (takas keys ceremony)."},
    {hsm_unavailable, "HSM:00008", 503, true, "The HSM cannot be reached right now; nothing was changed.", "HSM şu anda kullanılamıyor; hiçbir değişiklik yapılmadı.", "Repeat the request later."},
    {hsm_pin_weak, "HSM:00009", 422, false, "The PIN is too easy to guess.", "PIN çok kolay tahmin edilebilir.", "Choose another PIN."},
    {hsm_pin_length, "HSM:00010", 422, false, "The PIN has a length that the product does not allow.", "PIN uzunluğu ürün için uygun değil.", "Use the product's PIN length."},
    {hsm_pin_translation_refused, "HSM:00011", 422, false, "This PIN block translation is not permitted.", "Bu PIN bloğu dönüşümüne izin verilmiyor.", "See ISO 9564-1: the card number's binding may not be given up."},
    {hsm_pin_not_allowed, "HSM:00012", 403, false, "PINs of a live institution are not handled by this HSM.", "Canlı kurum PIN işlemleri bu HSM ile yapılamaz.", "Use a PCI PIN approved HSM, or acknowledge the software HSM in the settings."},
    {hsm_key_not_usable, "HSM:00013", 422, false, "The key's state does not allow this.", "Anahtarın durumu bu işleme uygun değil.", "Use the active key; decrypt-only keys make nothing new."},
    {hsm_data_invalid, "HSM:00014", 422, false, "The encrypted data cannot be read.", "Şifreli veri okunamadı.", "Check key, cipher and encoding of the encrypted value."},
    {hsm_profile_unknown, "HSM:00015", 422, false, "There is no such cryptogram profile.", "Böyle bir kriptogram profili yok.", "Use a profile named in the reference."},
    {hsm_key_exists, "HSM:00016", 409, false, "There is already an active key for this.", "Bunun için zaten etkin bir anahtar var.", "Rotate the key that is there."},
    {hsm_public_key_refused, "HSM:00017", 422, false, "The public key is not accepted.", "Açık anahtar kabul edilmedi.", "Send an RSA key of 2048 to 4096 bits as base64 SubjectPublicKeyInfo."},
    {hsm_key_component_invalid, "HSM:00018", 422, false, "The key components are not valid.", "Anahtar bileşenleri geçerli değil.", "Check number, length and check value of every component."},
}};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].code) != i) return false;
    return true;
}
static_assert(rows_follow_the_enum(), "one row per ErrorCode, in enum order");

}  // namespace

const ErrorRow& error_row(ErrorCode code) { return rows[static_cast<std::size_t>(code)]; }
const ErrorRow* error_rows_begin() { return rows.data(); }
const ErrorRow* error_rows_end() { return rows.data() + rows.size(); }

}  // namespace takas
