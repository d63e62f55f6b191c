// A card owner. The institution names its customers by a number of its own making; addresses, communications and
// identifications exist at most once per type.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/strong_id.hpp"

namespace takas::core::customer {

enum class CustomerType : std::uint8_t { individual, company, corporate };
enum class CommunicationLanguage : std::uint8_t { english, turkish };
enum class Gender : std::uint8_t { female, male };
enum class MaritalStatus : std::uint8_t { married, single };
enum class DisabledType : std::uint8_t {
    none,
    normal,
    visually_impaired,
    hearing_impaired,
    physically_impaired,
    older,
};
enum class AddressType : std::uint8_t { home, work, other, head_office, branch };
enum class CommunicationType : std::uint8_t { email, mobile_phone, work_phone, home_phone };
enum class IdentificationType : std::uint8_t {
    national_identity_no,
    passport_no,
    driver_licence_no,
    taxpayer_reference_no,
    business_no,
};

struct Address {
    std::optional<EntityId> id;  ///< answered only
    AddressType type{};
    std::string address_line_1;
    std::optional<std::string> address_line_2, address_line_3, district;
    std::optional<std::string> city, state, postal_code, address_code;
    std::optional<std::string> country;
};

struct Communication {
    std::optional<EntityId> id;
    CommunicationType type{};
    std::string info;
};

struct Identification {
    std::optional<EntityId> id;
    IdentificationType type{};
    std::string value;
    std::optional<Date> date_of_issue, date_of_expiry;
};

struct BusinessDetail {
    std::string company_name;
    std::string tax_number;
    std::string tax_office;
};

struct Customer {
    TenantId tenant_id;
    CustomerId id;
    std::string customer_no;
    CustomerType type{};
    EntityId segment_id;  ///< 0: none
    std::string name;
    std::string midname;
    std::string surname;
    std::string nationality;
    std::optional<CommunicationLanguage> communication_language;
    std::optional<Gender> gender;
    std::optional<Date> birth_date;
    std::string birth_place;
    std::string mother_name;
    std::string father_name;
    std::string mother_maiden_name;
    std::optional<MaritalStatus> marital_status;
    std::optional<DisabledType> disabled_type;
    std::optional<BusinessDetail> business_detail;
    std::vector<Identification> customer_identifications;
    std::vector<Address> customer_addresses;
    std::vector<Communication> customer_communications;
    std::int64_t version = 1;
    Instant creation_time;
    std::string creator_id;
    std::optional<Instant> last_modification_time;
    std::string name_key, surname_key;  ///< text::name_key of name and surname: lists search and sort by them
};

/// A class of customers that the institution defines; a customer is in one or in none.
struct CustomerSegment {
    TenantId tenant_id;
    EntityId id;
    std::string name;
    std::string description;
    std::string name_key;
    std::int64_t version = 1;
    Instant creation_time;
};

enum class SearchKind : std::uint8_t { identification, communication };

/// Finds customers by an identification value or a communication, without reading every customer.
struct CustomerSearch {
    TenantId tenant_id;
    SearchKind kind{};
    std::string value;
    CustomerId customer_id;
};

}  // namespace takas::core::customer

namespace takas {

template <>
struct EnumNames<core::customer::CustomerType> {
    using E = core::customer::CustomerType;
    static constexpr std::string_view name = "CustomerType";
    static constexpr std::array values{named(E::individual, "Individual"), named(E::company, "Company"),
                                       named(E::corporate, "Corporate")};
};
template <>
struct EnumNames<core::customer::CommunicationLanguage> {
    using E = core::customer::CommunicationLanguage;
    static constexpr std::string_view name = "CommunicationLanguage";
    static constexpr std::array values{named(E::english, "English"), named(E::turkish, "Turkish")};
};
template <>
struct EnumNames<core::customer::Gender> {
    using E = core::customer::Gender;
    static constexpr std::string_view name = "Gender";
    static constexpr std::array values{named(E::female, "Female"), named(E::male, "Male")};
};
template <>
struct EnumNames<core::customer::MaritalStatus> {
    using E = core::customer::MaritalStatus;
    static constexpr std::string_view name = "MaritalStatus";
    static constexpr std::array values{named(E::married, "Married"), named(E::single, "Single")};
};
template <>
struct EnumNames<core::customer::DisabledType> {
    using E = core::customer::DisabledType;
    static constexpr std::string_view name = "DisabledType";
    static constexpr std::array values{named(E::none, "None"),
                                       named(E::normal, "Normal"),
                                       named(E::visually_impaired, "VisuallyImpaired"),
                                       named(E::hearing_impaired, "HearingImpaired"),
                                       named(E::physically_impaired, "PhysicallyImpaired"),
                                       named(E::older, "Older")};
};
template <>
struct EnumNames<core::customer::AddressType> {
    using E = core::customer::AddressType;
    static constexpr std::string_view name = "AddressType";
    static constexpr std::array values{named(E::home, "Home"), named(E::work, "Work"), named(E::other, "Other"),
                                       named(E::head_office, "HeadOffice"), named(E::branch, "Branch")};
};
template <>
struct EnumNames<core::customer::CommunicationType> {
    using E = core::customer::CommunicationType;
    static constexpr std::string_view name = "CommunicationType";
    static constexpr std::array values{named(E::email, "Email"), named(E::mobile_phone, "MobilePhone"),
                                       named(E::work_phone, "WorkPhone"), named(E::home_phone, "HomePhone")};
};
template <>
struct EnumNames<core::customer::IdentificationType> {
    using E = core::customer::IdentificationType;
    static constexpr std::string_view name = "IdentificationType";
    static constexpr std::array values{
        named(E::national_identity_no, "NationalIdentityNo"), named(E::passport_no, "PassportNo"),
        named(E::driver_licence_no, "DriverLicenceNo"), named(E::taxpayer_reference_no, "TaxpayerReferenceNo"),
        named(E::business_no, "BusinessNo")};
};
template <>
struct EnumNames<core::customer::SearchKind> {
    using E = core::customer::SearchKind;
    static constexpr std::string_view name = "SearchKind";
    static constexpr std::array values{named(E::identification, "Identification"),
                                       named(E::communication, "Communication")};
};

template <>
struct Describe<core::customer::Address> {
    using T = core::customer::Address;
    static constexpr std::string_view name = "CustomerAddressDto";
    static constexpr std::array fields{
        field<&T::id>("Set by the platform"),
        field<&T::type>("Home, Work or Other; for a company HeadOffice, Branch or Other").required().example("Home"),
        field<&T::address_line_1>("Street and number").required().length(1, 100).example("Atatürk Bulvarı 12"),
        field<&T::address_line_2>("Second line").length(0, 100),
        field<&T::address_line_3>("Third line").length(0, 100),
        field<&T::district>("District").length(0, 60).example("Çankaya"),
        field<&T::city>("City").length(0, 60).example("Ankara"),
        field<&T::state>("State or region").length(0, 60),
        field<&T::postal_code>("Postal code").length(0, 16).example("06690"),
        field<&T::address_code>("National address code").length(0, 20),
        field<&T::country>("Country: name or ISO 3166-1 code").length(0, 60).example("Turkey"),
    };
};
template <>
struct Describe<core::customer::Communication> {
    using T = core::customer::Communication;
    static constexpr std::string_view name = "CustomerCommunicationDto";
    static constexpr std::array fields{
        field<&T::id>("Set by the platform"),
        field<&T::type>("Kind of communication").required().example("MobilePhone"),
        field<&T::info>("Number or address").required().length(1, 120).masked().example("+905551112233"),
    };
};
template <>
struct Describe<core::customer::Identification> {
    using T = core::customer::Identification;
    static constexpr std::string_view name = "CustomerIdentificationDto";
    static constexpr std::array fields{
        field<&T::id>("Set by the platform"),
        field<&T::type>("Kind of identification").required().example("NationalIdentityNo"),
        field<&T::value>("Number of the document").required().length(1, 40).masked().example("10000000146"),
        field<&T::date_of_issue>("Issued on").example("2020-01-31"),
        field<&T::date_of_expiry>("Valid until").example("2030-01-31"),
    };
};
template <>
struct Describe<core::customer::BusinessDetail> {
    using T = core::customer::BusinessDetail;
    static constexpr std::string_view name = "BusinessDetail";
    static constexpr std::array fields{
        field<&T::company_name>("Registered name").required().length(1, 120).example("Örnek Ticaret A.Ş."),
        field<&T::tax_number>("Tax number").required().length(1, 20).example("1234567890"),
        field<&T::tax_office>("Tax office").required().length(1, 60).example("Çankaya"),
    };
};
template <>
struct Describe<core::customer::Customer> {
    using T = core::customer::Customer;
    static constexpr std::string_view name = "Customer";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::customer_no, &T::type, &T::segment_id, &T::name, &T::midname, &T::surname,
                &T::nationality, &T::communication_language, &T::gender, &T::birth_date, &T::birth_place,
                &T::mother_name, &T::father_name, &T::mother_maiden_name, &T::marital_status, &T::disabled_type,
                &T::business_detail, &T::customer_identifications, &T::customer_addresses, &T::customer_communications,
                &T::version, &T::creation_time, &T::creator_id, &T::last_modification_time, &T::name_key,
                &T::surname_key>;
};
template <>
struct Describe<core::customer::CustomerSegment> {
    using T = core::customer::CustomerSegment;
    static constexpr std::string_view name = "CustomerSegment";
    static constexpr auto& fields =
        columns<&T::tenant_id, &T::id, &T::name, &T::description, &T::name_key, &T::version, &T::creation_time>;
};
template <>
struct Describe<core::customer::CustomerSearch> {
    using T = core::customer::CustomerSearch;
    static constexpr std::string_view name = "CustomerSearch";
    static constexpr auto& fields = columns<&T::tenant_id, &T::kind, &T::value, &T::customer_id>;
};

}  // namespace takas
