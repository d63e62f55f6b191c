#include "core/customer/customer_rules.hpp"

#include <algorithm>
#include <set>

#include "core/note/free_texts.hpp"
#include "core/text/latin.hpp"

namespace takas::core::customer {
namespace {

struct Message {
    std::string_view english, turkish;

    void add_to(FieldErrors& errors, std::string_view path) const {
        errors.add(std::string(path), std::string(english), std::string(turkish));
    }
};

constexpr Message needed{"A value is required.", "Bu alan zorunludur."};
constexpr Message not_for_type{"This kind does not fit the customer's type.", "Bu tür müşteri tipine uygun değil."};
constexpr Message repeated_type{"Each type may occur once.", "Her tür yalnızca bir kez kullanılabilir."};
constexpr Message in_future{"The date lies in the future.", "Tarih gelecekte olamaz."};
constexpr Message dates_reversed{"The date lies before the date of issue.", "Tarih veriliş tarihinden önce olamaz."};
constexpr Message not_email{"An e-mail address is expected.", "Geçerli bir e-posta adresi bekleniyor."};
constexpr Message not_phone{"A phone number with country code is expected, such as +905551112233.",
                            "Ülke kodlu bir telefon numarası bekleniyor, örneğin +905551112233."};
constexpr Message not_number{"Only letters, digits, spaces and - / . are allowed.",
                             "Yalnızca harf, rakam, boşluk ve - / . kullanılabilir."};

// E.164 allows 15 digits; the shortest numbers in use with their country code have 7.
constexpr std::size_t phone_digits_min = 7, phone_digits_max = 15;

bool is_business(CustomerType type) { return type != CustomerType::individual; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool fits(AddressType type, bool business) {
    switch (type) {
        case AddressType::home:
        case AddressType::work:
            return !business;
        case AddressType::head_office:
        case AddressType::branch:
            return business;
        case AddressType::other:
            return true;
    }
    return false;
}

bool fits(IdentificationType type, bool business) {
    const bool of_business =
        type == IdentificationType::taxpayer_reference_no || type == IdentificationType::business_no;
    return of_business == business;
}

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos) return false;
    if (text.find_first_of(" ,;<>\"()") != std::string_view::npos) return false;
    const std::string_view domain = text.substr(at + 1);
    return domain.find('.') != std::string_view::npos && domain.front() != '.' && domain.back() != '.' &&
           domain.find("..") == std::string_view::npos;
}

bool is_document_number(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '/' || c == '.' || c == ' '; });
}

/// Says what is wrong with the fields of one customer.
class Check {
  public:
    Check(std::string_view path, Findings& findings) : path_(path), findings_(findings) {}

    void refuse(const std::string& field, const Message& message) { message.add_to(findings_.errors, path_ + field); }
    void repeated(const std::string& field) { findings_.repeated.push_back(path_ + field); }

  private:
    std::string path_;
    Findings& findings_;
};

/// "customerAddresses[1].type"
std::string entry(std::size_t index, std::string_view field) {
    return '[' + std::to_string(index) + "]." + std::string(field);
}

}  // namespace

void check_phone(std::string_view path, std::string_view phone, FieldErrors& errors) {
    if (!phone.empty() && !is_phone(phone)) not_phone.add_to(errors, path);
}

void check_email(std::string_view path, std::string_view email, FieldErrors& errors) {
    if (!email.empty() && !is_email(email)) not_email.add_to(errors, path);
    note::check_free_text(path, email, errors);
}

void check_person(const Customer& c, Date today, std::string_view path, Findings& findings) {
    Check check(path, findings);
    if (!is_business(c.type) && c.surname.empty()) check.refuse("surname", needed);
    if (is_business(c.type) && !c.business_detail) check.refuse("businessDetail", needed);
    if (!is_business(c.type) && c.business_detail) check.refuse("businessDetail", not_for_type);
    if (c.birth_date && *c.birth_date > today) check.refuse("birthDate", in_future);
    note::check_free_texts(c, path, findings.errors);
}

void check_identifications(const Customer& c, Date today, std::string_view list_path, Findings& findings) {
    Check check(list_path, findings);
    std::set<IdentificationType> types;
    for (std::size_t i = 0; i < c.customer_identifications.size(); ++i) {
        const Identification& one = c.customer_identifications[i];
        if (!fits(one.type, is_business(c.type))) check.refuse(entry(i, "type"), not_for_type);
        if (!types.insert(one.type).second) check.repeated(entry(i, "type"));
        if (!is_document_number(one.value)) check.refuse(entry(i, "value"), not_number);
        if (one.date_of_issue && *one.date_of_issue > today) check.refuse(entry(i, "dateOfIssue"), in_future);
        if (one.date_of_issue && one.date_of_expiry && *one.date_of_expiry < *one.date_of_issue)
            check.refuse(entry(i, "dateOfExpiry"), dates_reversed);
    }
}

void check_addresses(const Customer& c, std::string_view list_path, Findings& findings) {
    Check check(list_path, findings);
    std::set<AddressType> types;
    for (std::size_t i = 0; i < c.customer_addresses.size(); ++i) {
        const AddressType type = c.customer_addresses[i].type;
        if (!fits(type, is_business(c.type))) check.refuse(entry(i, "type"), not_for_type);
        if (!types.insert(type).second) check.repeated(entry(i, "type"));
        note::check_free_texts(c.customer_addresses[i], std::string(list_path) + entry(i, ""), findings.errors);
    }
}

void check_communications(const Customer& c, std::string_view list_path, Findings& findings) {
    Check check(list_path, findings);
    std::set<CommunicationType> types;
    for (std::size_t i = 0; i < c.customer_communications.size(); ++i) {
        const Communication& one = c.customer_communications[i];
        if (!types.insert(one.type).second) check.repeated(entry(i, "type"));
        // A missing value is refused as such.
        const auto check_info = one.type == CommunicationType::email ? &check_email : &check_phone;
        check_info(std::string(list_path) + entry(i, "info"), one.info, findings.errors);
    }
}

void check_collections(const Customer& c, Date today, std::string_view path, Findings& findings) {
    check_identifications(c, today, std::string(path) + "customerIdentifications", findings);
    check_addresses(c, std::string(path) + "customerAddresses", findings);
    check_communications(c, std::string(path) + "customerCommunications", findings);
}

Result<void> result_of(Findings findings) {
    if (findings.errors.empty() && findings.repeated.empty()) return {};
    if (findings.errors.empty())
        return std::unexpected(
            Error{ErrorCode::one_per_type, {}, {}, {{"field", '"' + findings.repeated.front() + '"'}}});
    for (const std::string& path : findings.repeated)
        findings.errors.add(path, std::string(repeated_type.english), std::string(repeated_type.turkish));
    return std::move(findings.errors).as_error();
}

bool is_phone(std::string_view text) {
    std::string number = search_form(text);
    if (number.starts_with('+')) number.erase(0, 1);
    // No country code begins with 0: that is how a number is dialled at home.
    return number.size() >= phone_digits_min && number.size() <= phone_digits_max && number.front() != '0' &&
           std::ranges::all_of(number, is_digit);
}

std::string search_form(std::string_view value) {
    std::string out;
    for (const char c : value)
        if (c != ' ' && c != '-' && c != '(' && c != ')')
            out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    return out;
}

void set_keys(Customer& c) {
    c.name_key = text::name_key(c.name);
    c.surname_key = text::name_key(c.surname);
}

std::vector<CustomerSearch> search_rows(const Customer& c) {
    std::set<std::pair<SearchKind, std::string>> values;  // one number may serve for two kinds of phone
    for (const Identification& one : c.customer_identifications)
        values.emplace(SearchKind::identification, search_form(one.value));
    for (const Communication& one : c.customer_communications)
        values.emplace(SearchKind::communication, search_form(one.info));
    std::vector<CustomerSearch> rows;
    for (const auto& [kind, value] : values) rows.push_back({c.tenant_id, kind, value, c.id});
    return rows;
}

}  // namespace takas::core::customer
