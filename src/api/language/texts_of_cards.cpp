// Display texts: Cards, products, printing and delivery.
// One row a line, however long: a table is read down its columns.
#include "api/language/enum_texts.hpp"

namespace takas::api::language {
namespace {

// clang-format off
constexpr std::array rows{
    EnumText{"KeyType", "Zmk", "Zone master key (ZMK)", "Bölge ana anahtarı (ZMK)"},
    EnumText{"KeyType", "Zpk", "Zone PIN key (ZPK)", "Bölge PIN anahtarı (ZPK)"},
    EnumText{"KeyType", "Tpk", "Terminal PIN key (TPK)", "Terminal PIN anahtarı (TPK)"},
    EnumText{"KeyType", "Tmk", "Terminal master key (TMK)", "Terminal ana anahtarı (TMK)"},
    EnumText{"KeyType", "Pvk", "PIN verification key (PVK)", "PIN doğrulama anahtarı (PVK)"},
    EnumText{"KeyType", "Cvk", "Card verification key (CVK)", "Kart doğrulama anahtarı (CVK)"},
    EnumText{"KeyType", "ImkAc", "Issuer master key for cryptograms", "Kriptogramlar için ihraççı ana anahtarı"},
    EnumText{"KeyType", "ImkSmi", "Issuer master key for message integrity", "Mesaj bütünlüğü için ihraççı ana anahtarı"},
    EnumText{"KeyType", "ImkSmc", "Issuer master key for message confidentiality", "Mesaj gizliliği için ihraççı ana anahtarı"},
    EnumText{"KeyType", "ImkIdn", "Issuer master key for dynamic numbers", "Dinamik sayılar için ihraççı ana anahtarı"},
    EnumText{"KeyType", "Dek", "Data encryption key (DEK)", "Veri şifreleme anahtarı (DEK)"},
    EnumText{"KeyType", "Mac", "Message authentication key", "Mesaj doğrulama anahtarı"},
    EnumText{"KeyType", "Rsa", "RSA key", "RSA anahtarı"},

    EnumText{"KeyAlgorithm", "Tdea2", "Triple DES, two keys", "Üçlü DES, iki anahtarlı"},
    EnumText{"KeyAlgorithm", "Tdea3", "Triple DES, three keys", "Üçlü DES, üç anahtarlı"},
    EnumText{"KeyAlgorithm", "Aes128", "AES-128", "AES-128"},
    EnumText{"KeyAlgorithm", "Aes192", "AES-192", "AES-192"},
    EnumText{"KeyAlgorithm", "Aes256", "AES-256", "AES-256"},
    EnumText{"KeyAlgorithm", "Rsa2048", "RSA, 2048 bits", "RSA, 2048 bit"},
    EnumText{"KeyAlgorithm", "Rsa3072", "RSA, 3072 bits", "RSA, 3072 bit"},
    EnumText{"KeyAlgorithm", "Rsa4096", "RSA, 4096 bits", "RSA, 4096 bit"},

    EnumText{"LmkType", "Variant", "Variant LMK", "Varyant LMK"},
    EnumText{"LmkType", "KeyBlock", "Key block LMK", "Anahtar bloklu LMK"},

    EnumText{"CardArtStatus", "Active", "Active", "Aktif"},

    EnumText{"CardArtImageSide", "Front", "Front", "Ön yüz"},
    EnumText{"CardArtImageSide", "Back", "Back", "Arka yüz"},

    EnumText{"PolicySource", "Product", "Product", "Ürün"},
    EnumText{"PolicySource", "Card", "Card", "Kart"},

    EnumText{"CardStatus", "PendingActivation", "Pending activation", "Aktivasyon bekliyor"},
    EnumText{"CardStatus", "Active", "Active", "Aktif"},
    EnumText{"CardStatus", "Lost", "Lost", "Kayıp"},
    EnumText{"CardStatus", "Stolen", "Stolen", "Çalıntı"},
    EnumText{"CardStatus", "Suspended", "Suspended", "Askıda"},
    EnumText{"CardStatus", "Closed", "Closed", "Kapalı"},
    EnumText{"CardStatus", "Fraud", "Fraud", "Sahtecilik"},

    EnumText{"CardStatusReason", "CustomerRequest", "Customer's request", "Müşteri talebi"},
    EnumText{"CardStatusReason", "TenantRequest", "Institution's request", "Kurum talebi"},
    EnumText{"CardStatusReason", "SuspiciousTransaction", "Suspicious transaction", "Şüpheli işlem"},
    EnumText{"CardStatusReason", "DeliveryFailed", "Delivery failed", "Teslim edilemedi"},
    EnumText{"CardStatusReason", "SuspectedFraud", "Suspected fraud", "Sahtecilik şüphesi"},
    EnumText{"CardStatusReason", "ClonedCard", "Cloned card", "Kopyalanmış kart"},
    EnumText{"CardStatusReason", "FraudulentApplication", "Fraudulent application", "Sahte başvuru"},

    EnumText{"DigitalSlipType", "None", "None", "Yok"},
    EnumText{"DigitalSlipType", "Sms", "Text message", "SMS"},
    EnumText{"DigitalSlipType", "Email", "E-mail", "E-posta"},
    EnumText{"DigitalSlipType", "SmsAndEmail", "Text message and e-mail", "SMS ve e-posta"},

    EnumText{"CardBatchState", "Running", "Running", "Sürüyor"},
    EnumText{"CardBatchState", "Completed", "Completed", "Tamamlandı"},
    EnumText{"CardBatchState", "Failed", "Failed", "Başarısız"},

    EnumText{"DeliveryType", "Customer", "To the customer", "Müşteriye"},
    EnumText{"DeliveryType", "Branch", "To a branch", "Şubeye"},

    EnumText{"CardDci", "Debit", "Debit", "Banka kartı"},
    EnumText{"CardDci", "Prepaid", "Prepaid", "Ön ödemeli kart"},
    EnumText{"CardDci", "Credit", "Credit", "Kredi kartı"},

    EnumText{"CardBrand", "Visa", "Visa", "Visa"},
    EnumText{"CardBrand", "MasterCard", "Mastercard", "Mastercard"},
    EnumText{"CardBrand", "Troy", "Troy", "Troy"},
    EnumText{"CardBrand", "JCB", "JCB", "JCB"},
    EnumText{"CardBrand", "Diners", "Diners Club", "Diners Club"},
    EnumText{"CardBrand", "UnionPay", "UnionPay", "UnionPay"},
    EnumText{"CardBrand", "Amex", "American Express", "American Express"},
    EnumText{"CardBrand", "ProprietaryDomestic", "Proprietary domestic", "Kuruma özel yurt içi"},

    EnumText{"ProductType", "Emv", "Chip card", "Çipli kart"},
    EnumText{"ProductType", "Magnetic", "Magnetic stripe card", "Manyetik şeritli kart"},
    EnumText{"ProductType", "Virtual", "Virtual card", "Sanal kart"},
    EnumText{"ProductType", "Hce", "Card in a phone (HCE)", "Telefondaki kart (HCE)"},

    EnumText{"Allocation", "Random", "Random", "Rastgele"},
    EnumText{"Allocation", "Sequential", "Sequential", "Sıralı"},

    EnumText{"ProductStatus", "Active", "Active", "Aktif"},
    EnumText{"ProductStatus", "Passive", "Passive", "Pasif"},

    EnumText{"PersoStatus", "Requested", "Requested", "İstendi"},
    EnumText{"PersoStatus", "Waiting", "Waiting", "Bekliyor"},
    EnumText{"PersoStatus", "Processing", "Processing", "İşleniyor"},
    EnumText{"PersoStatus", "Error", "Error", "Hata"},
    EnumText{"PersoStatus", "Completed", "Completed", "Tamamlandı"},
    EnumText{"PersoStatus", "Cancelled", "Cancelled", "İptal edildi"},

    EnumText{"DeliveryStatus", "Created", "Created", "Oluşturuldu"},
    EnumText{"DeliveryStatus", "HandedToCourier", "Handed to the courier", "Kuryeye verildi"},
    EnumText{"DeliveryStatus", "InTransit", "In transit", "Yolda"},
    EnumText{"DeliveryStatus", "OutForDelivery", "Out for delivery", "Dağıtımda"},
    EnumText{"DeliveryStatus", "Delivered", "Delivered", "Teslim edildi"},
    EnumText{"DeliveryStatus", "CustomerNotFound", "Customer not found", "Müşteri bulunamadı"},
    EnumText{"DeliveryStatus", "AddressInvalid", "Address invalid", "Adres geçersiz"},
    EnumText{"DeliveryStatus", "Returned", "Returned", "İade edildi"},
    EnumText{"DeliveryStatus", "Destroyed", "Destroyed", "İmha edildi"},
    EnumText{"DeliveryStatus", "Cancelled", "Cancelled", "İptal edildi"},

    EnumText{"IssuanceType", "NewCard", "New card", "Yeni kart"},
    EnumText{"IssuanceType", "Renewal", "Renewal", "Yenileme"},
    EnumText{"IssuanceType", "Replacement", "Replacement", "Yerine verilen kart"},
    EnumText{"IssuanceType", "Noname", "Noname card", "İsimsiz kart"},
    EnumText{"IssuanceType", "ChildCard", "Child card", "Ek kart"},

    EnumText{"CardFeeType", "NewCard", "New card", "Yeni kart"},
    EnumText{"CardFeeType", "Renewal", "Renewal", "Yenileme"},
    EnumText{"CardFeeType", "Replacement", "Replacement", "Yerine verilen kart"},
    EnumText{"CardFeeType", "Noname", "Noname card", "İsimsiz kart"},
    EnumText{"CardFeeType", "ChildCard", "Child card", "Ek kart"},
    EnumText{"CardFeeType", "Yearly", "Yearly", "Yıllık"},
    EnumText{"CardFeeType", "Monthly", "Monthly", "Aylık"},

    EnumText{"PinBlockFormat", "Iso0", "ISO 9564 format 0", "ISO 9564 biçim 0"},
    EnumText{"PinBlockFormat", "Iso1", "ISO 9564 format 1", "ISO 9564 biçim 1"},
    EnumText{"PinBlockFormat", "Iso2", "ISO 9564 format 2", "ISO 9564 biçim 2"},
    EnumText{"PinBlockFormat", "Iso3", "ISO 9564 format 3", "ISO 9564 biçim 3"},
    EnumText{"PinBlockFormat", "Iso4", "ISO 9564 format 4", "ISO 9564 biçim 4"},
};
// clang-format on

}  // namespace

std::span<const EnumText> texts_of_cards() { return rows; }

}  // namespace takas::api::language
