// Display texts: authorization and velocity controls, their links and versions.
// One row a line, however long: a table is read down its columns.
#include "api/language/enum_texts.hpp"

namespace takas::api::language {
namespace {

// clang-format off
constexpr std::array rows{
    EnumText{"AuthorizationCheckAction", "Decline", "Decline", "Reddet"},
    EnumText{"AuthorizationCheckAction", "Allow", "Allow", "İzin ver"},

    EnumText{"VelocityPeriod", "PerTransaction", "Per transaction", "İşlem başına"},
    EnumText{"VelocityPeriod", "Daily", "Daily", "Günlük"},
    EnumText{"VelocityPeriod", "Weekly", "Weekly", "Haftalık"},
    EnumText{"VelocityPeriod", "Monthly", "Monthly", "Aylık"},
    EnumText{"VelocityPeriod", "Yearly", "Yearly", "Yıllık"},
    EnumText{"VelocityPeriod", "Lifetime", "Lifetime", "Ömür boyu"},
    EnumText{"VelocityPeriod", "Rolling24Hours", "Last 24 hours", "Son 24 saat"},
    EnumText{"VelocityPeriod", "Rolling30Days", "Last 30 days", "Son 30 gün"},

    EnumText{"LinkLevel", "Card", "Card", "Kart"},
    EnumText{"LinkLevel", "CardProduct", "Card product", "Kart ürünü"},
    EnumText{"LinkLevel", "CardProductGroup", "Product group", "Ürün grubu"},
    EnumText{"LinkLevel", "CustomerSegment", "Customer segment", "Müşteri segmenti"},
    EnumText{"LinkLevel", "Tenant", "Whole institution", "Tüm kurum"},

    EnumText{"ControlFamily", "AuthorizationControl", "Authorization control", "Otorizasyon kontrolü"},
    EnumText{"ControlFamily", "VelocityControl", "Velocity control", "Limit kontrolü"},
    EnumText{"ControlFamily", "TransactionFee", "Transaction fee", "İşlem ücreti"},
    EnumText{"ControlFamily", "CardIssuanceFee", "Card issuance fee", "Kart basım ücreti"},
    EnumText{"ControlFamily", "CardAnnualFee", "Annual card fee", "Yıllık kart ücreti"},

    EnumText{"ControlOutcome", "NotMatched", "Does not fit", "Uymuyor"},
    EnumText{"ControlOutcome", "NotReached", "Not reached", "Sıra gelmedi"},
    EnumText{"ControlOutcome", "Allowed", "Allowed", "İzin verdi"},
    EnumText{"ControlOutcome", "Declined", "Declined", "Reddetti"},
    EnumText{"ControlOutcome", "Within", "Within the limit", "Limit içinde"},
    EnumText{"ControlOutcome", "AmountExceeded", "Amount exceeded", "Tutar aşıldı"},
    EnumText{"ControlOutcome", "CountExceeded", "Number exceeded", "Adet aşıldı"},
    EnumText{"ControlOutcome", "OtherCurrency", "Other currency", "Başka para birimi"},
    EnumText{"ControlOutcome", "Charged", "Charged", "Ücret alındı"},
    EnumText{"ControlOutcome", "Outranked", "A more specific fee was charged", "Daha özel bir ücret alındı"},
    EnumText{"ControlOutcome", "NothingDue", "Nothing due", "Ücret doğmadı"},
    EnumText{"ControlOutcome", "WouldCharge", "Would be charged", "Onaylansaydı alınırdı"},
    EnumText{"ControlOutcome", "LinkNotMatched", "The rule of its link does not hold",
             "Bağlantısının kuralı sağlanmıyor"},

    EnumText{"VelocityLevel", "Card", "Card", "Kart"},
    EnumText{"VelocityLevel", "Product", "Card product", "Kart ürünü"},
    EnumText{"VelocityLevel", "ProductGroup", "Product group", "Ürün grubu"},
    EnumText{"VelocityLevel", "Segment", "Customer segment", "Müşteri segmenti"},
    EnumText{"VelocityLevel", "Tenant", "Whole institution", "Tüm kurum"},

    EnumText{"ControlVersionState", "Draft", "Draft", "Taslak"},
    EnumText{"ControlVersionState", "Shadow", "In shadow", "Gölgede"},
    EnumText{"ControlVersionState", "Active", "Active", "Geçerli"},
    EnumText{"ControlVersionState", "Retired", "Retired", "Geçersiz"},

    EnumText{"BacktestState", "Queued", "Waiting", "Sırada"},
    EnumText{"BacktestState", "Running", "Running", "Çalışıyor"},
    EnumText{"BacktestState", "Completed", "Completed", "Tamamlandı"},
    EnumText{"BacktestState", "Failed", "Failed", "Başarısız"},
    EnumText{"BacktestState", "Cancelled", "Cancelled", "İptal edildi"},

    EnumText{"BacktestFlipKind", "NewlyDeclined", "Declined now", "Artık reddedilen"},
    EnumText{"BacktestFlipKind", "NewlyApproved", "Approved now", "Artık onaylanan"},
    EnumText{"BacktestFlipKind", "OtherReason", "Declined for another reason", "Başka nedenle reddedilen"},
    EnumText{"BacktestFlipKind", "OtherAmount", "Approved with another amount", "Başka tutarla onaylanan"},

    EnumText{"BacktestGap", "Archived", "Windows reach into the archive", "Pencereler arşive uzanıyor"},
    EnumText{"BacktestGap", "OwnerUnknown", "The owner was not recorded", "Kart sahibi kaydedilmemiş"},
    EnumText{"BacktestGap", "CircumstancesUnknown", "Circumstances were not recorded", "Koşullar kaydedilmemiş"},
    EnumText{"BacktestGap", "FactsUnreadable", "The decision cannot be made again", "Karar yeniden verilemiyor"},
    EnumText{"BacktestGap", "CardLimitsOfToday", "The card's own limits of today were taken", "Kartın bugünkü kendi limitleri alındı"},

    EnumText{"WhatIfChangeKind", "Amount", "Smaller amount", "Daha küçük tutar"},
    EnumText{"WhatIfChangeKind", "Channel", "Other channel", "Başka kanal"},
    EnumText{"WhatIfChangeKind", "ThreeDSecure", "With 3-D Secure", "3-D Secure ile"},
    EnumText{"WhatIfChangeKind", "Domain", "At home", "Yurt içinde"},
    EnumText{"WhatIfChangeKind", "Time", "Later", "Daha sonra"},
};
// clang-format on

}  // namespace

std::span<const EnumText> texts_of_controls() { return rows; }

}  // namespace takas::api::language
