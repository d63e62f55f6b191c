// Display texts: what rules ask about and where they are used. Shown by the rule fields, too.
// One row a line, however long: a table is read down its columns.
#include "api/language/enum_texts.hpp"

namespace takas::api::language {
namespace {

// clang-format off
constexpr std::array rows{
    EnumText{"RuleScope", "Transaction", "Transaction fees, velocity controls and links", "İşlem ücretleri, hız kontrolleri ve bağlantılar"},
    EnumText{"RuleScope", "CardIssuance", "Card issuance fees", "Kart basım ücretleri"},
    EnumText{"RuleScope", "CardAnnual", "Card annual fees", "Kart dönem ücretleri"},
    EnumText{"RuleScope", "AuthorizationControl", "Authorization controls", "Yetkilendirme kontrolleri"},

    EnumText{"RuleDataType", "Decimal", "Amount", "Tutar"},
    EnumText{"RuleDataType", "Integer", "Whole number", "Tam sayı"},
    EnumText{"RuleDataType", "String", "Text", "Metin"},
    EnumText{"RuleDataType", "Enum", "One of several values", "Belirli değerlerden biri"},
    EnumText{"RuleDataType", "Boolean", "Yes or no", "Evet veya hayır"},
    EnumText{"RuleDataType", "Date", "Date", "Tarih"},
    EnumText{"RuleDataType", "Time", "Time of day", "Saat"},

    EnumText{"RuleValueEditor", "Text", "Text box", "Metin kutusu"},
    EnumText{"RuleValueEditor", "Select", "List to choose from", "Seçim listesi"},
    EnumText{"RuleValueEditor", "Checkbox", "Check box", "Onay kutusu"},
    EnumText{"RuleValueEditor", "Date", "Date picker", "Tarih seçici"},

    EnumText{"DayOfWeek", "Monday", "Monday", "Pazartesi"},
    EnumText{"DayOfWeek", "Tuesday", "Tuesday", "Salı"},
    EnumText{"DayOfWeek", "Wednesday", "Wednesday", "Çarşamba"},
    EnumText{"DayOfWeek", "Thursday", "Thursday", "Perşembe"},
    EnumText{"DayOfWeek", "Friday", "Friday", "Cuma"},
    EnumText{"DayOfWeek", "Saturday", "Saturday", "Cumartesi"},
    EnumText{"DayOfWeek", "Sunday", "Sunday", "Pazar"},

    EnumText{"CardPresence", "Present", "Present", "Kart mevcut"},
    EnumText{"CardPresence", "NotPresent", "Not present", "Kart mevcut değil"},
};
// clang-format on

}  // namespace

std::span<const EnumText> texts_of_rules() { return rows; }

}  // namespace takas::api::language
