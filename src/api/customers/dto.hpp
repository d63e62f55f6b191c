// Bodies and queries of the customer endpoints (contract 4.1).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/framework/page.hpp"
#include "core/customer/customer.hpp"

namespace takas::api {

/// What every form of a customer begins with.
struct PersonFields {
    core::customer::CustomerType type{};
    std::optional<EntityId> segment_id;
    std::string name;
    std::optional<std::string> midname, surname, nationality;
    std::optional<core::customer::CommunicationLanguage> communication_language;
    std::optional<core::customer::Gender> gender;
    std::optional<Date> birth_date;
    std::optional<std::string> birth_place, mother_name, father_name, mother_maiden_name;
    std::optional<core::customer::MaritalStatus> marital_status;
    std::optional<core::customer::DisabledType> disabled_type;
    std::optional<core::customer::BusinessDetail> business_detail;
};

struct UpdateCustomerDto : PersonFields {};

struct CreateCustomerDto : PersonFields {
    std::string customer_no;
    std::vector<core::customer::Identification> customer_identifications;
    std::vector<core::customer::Address> customer_addresses;
    std::vector<core::customer::Communication> customer_communications;
};

struct CustomerDto : CreateCustomerDto {
    CustomerId id;
    Instant creation_time;
    std::string creator_id;
    std::optional<Instant> last_modification_time;
};

/// The same under the name that single answers have.
struct CustomerDetailDto : CustomerDto {};

struct GottenCustomerDto : CustomerDto {
    bool created = false;
};

struct UpdateCustomerSegmentDto {
    EntityId segment_id;
};

struct UpsertAddressesDto {
    std::string customer_no;
    std::vector<core::customer::Address> addresses;
};
struct UpsertCommunicationsDto {
    std::string customer_no;
    std::vector<core::customer::Communication> communications;
};
struct UpsertIdentificationsDto {
    std::string customer_no;
    std::vector<core::customer::Identification> identifications;
};

struct CustomerListQuery : PageFields {
    std::optional<std::string> customer_no, name, surname;
    std::optional<core::customer::CustomerType> type;
    std::optional<EntityId> segment_id;
    std::optional<std::string> identification_value, communication_info;
    std::optional<Instant> created_from, created_to;
};

core::customer::Customer customer_of(const PersonFields& fields);
core::customer::Customer customer_of(const CreateCustomerDto& dto);
void fill(CustomerDto& dto, const core::customer::Customer& customer);

inline constexpr std::int64_t id_max = 9'007'199'254'740'991;  ///< 2^53 - 1: what JavaScript counts to

inline constexpr std::array person_fields{
    field<&PersonFields::type>("Individual, Company or Corporate").required().example("Individual"),
    field<&PersonFields::segment_id>("Segment of the customer; 0 or null: none").range(0, id_max),
    field<&PersonFields::name>("First name; for a company its short name").required().length(1, 60).example("Ayşe"),
    field<&PersonFields::midname>("Middle name").length(0, 60),
    field<&PersonFields::surname>("Surname; an Individual needs one").length(0, 60).example("Yılmaz"),
    field<&PersonFields::nationality>("Country").length(0, 60).example("Turkey"),
    field<&PersonFields::communication_language>("Language of messages to the customer").example("Turkish"),
    field<&PersonFields::gender>("Gender").example("Female"),
    field<&PersonFields::birth_date>("Date of birth").example("1990-05-17"),
    field<&PersonFields::birth_place>("Place of birth").length(0, 60).example("Ankara"),
    field<&PersonFields::mother_name>("Mother's name").length(0, 60),
    field<&PersonFields::father_name>("Father's name").length(0, 60),
    field<&PersonFields::mother_maiden_name>("Mother's maiden name").length(0, 60).masked(),
    field<&PersonFields::marital_status>("Marital status").example("Single"),
    field<&PersonFields::disabled_type>("Disability").example("None"),
    field<&PersonFields::business_detail>("A Company or Corporate needs it"),
};

inline constexpr std::array collection_fields{
    field<&CreateCustomerDto::customer_no>("Number of the institution's own making, unique")
        .required()
        .length(1, 64)
        .example("C-1001"),
    field<&CreateCustomerDto::customer_identifications>("At most one of each type").length(0, 10),
    field<&CreateCustomerDto::customer_addresses>("At most one of each type").length(0, 10),
    field<&CreateCustomerDto::customer_communications>("At most one of each type").length(0, 10),
};

/// Of bodies that name the customer they change.
template <class T>
constexpr Field named_customer_field() {
    return field<&T::customer_no>("Number of the customer").required().length(1, 64).example("C-1001");
}

inline constexpr std::array stored_customer_fields{
    field<&CustomerDto::id>("Number given by the platform").required().example("61234567890"),
    field<&CustomerDto::creation_time>("When it was created").required().example("2031-03-01T10:00:00Z"),
    field<&CustomerDto::creator_id>("User who created it").required(),
    field<&CustomerDto::last_modification_time>("When it was changed last"),
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::UpdateCustomerDto> {
    static constexpr std::string_view name = "UpdateCustomerDto";
    static constexpr auto fields = api::person_fields;
    static void more_errors(const api::UpdateCustomerDto& body, Instant now, FieldErrors& errors);
};
template <>
struct Describe<api::CreateCustomerDto> {
    static constexpr std::string_view name = "CreateCustomerDto";
    static constexpr auto fields = join_fields(api::person_fields, api::collection_fields);
    static void more_errors(const api::CreateCustomerDto& body, Instant now, FieldErrors& errors);
};
template <>
struct Describe<api::CustomerDto> {
    static constexpr std::string_view name = "CustomerDto";
    static constexpr auto fields = join_fields(api::person_fields, api::collection_fields, api::stored_customer_fields);
};
template <>
struct Describe<api::CustomerDetailDto> {
    static constexpr std::string_view name = "CustomerDetailDto";
    static constexpr auto fields = Describe<api::CustomerDto>::fields;
};
template <>
struct Describe<api::GottenCustomerDto> {
    using T = api::GottenCustomerDto;
    static constexpr std::string_view name = "GetOrCreateCustomerDto";
    static constexpr auto fields =
        join_fields(Describe<api::CustomerDto>::fields,
                    std::array{field<&T::created>("True when this call created the customer").required()});
};
template <>
struct Describe<api::UpdateCustomerSegmentDto> {
    using T = api::UpdateCustomerSegmentDto;
    static constexpr std::string_view name = "UpdateCustomerSegmentDto";
    static constexpr std::array fields{
        field<&T::segment_id>("Segment of the customer; 0: none").required().range(0, api::id_max),
    };
};
template <>
struct Describe<api::UpsertAddressesDto> {
    using T = api::UpsertAddressesDto;
    static constexpr std::string_view name = "UpsertCustomerAddressesDto";
    static constexpr std::array fields{
        api::named_customer_field<T>(),
        field<&T::addresses>("Replace the customer's addresses of their types, or are added").required().length(1, 10),
    };
};
template <>
struct Describe<api::UpsertCommunicationsDto> {
    using T = api::UpsertCommunicationsDto;
    static constexpr std::string_view name = "UpsertCustomerCommunicationsDto";
    static constexpr std::array fields{
        api::named_customer_field<T>(),
        field<&T::communications>("Replace the customer's communications of their types, or are added")
            .required()
            .length(1, 10),
    };
};
template <>
struct Describe<api::UpsertIdentificationsDto> {
    using T = api::UpsertIdentificationsDto;
    static constexpr std::string_view name = "UpsertCustomerIdentificationsDto";
    static constexpr std::array fields{
        api::named_customer_field<T>(),
        field<&T::identifications>("Replace the customer's identifications of their types, or are added")
            .required()
            .length(1, 10),
    };
};
template <>
struct Describe<api::CustomerListQuery> {
    using T = api::CustomerListQuery;
    static constexpr std::string_view name = "CustomerListQuery";
    static constexpr std::array fields{
        field<&T::customer_no>("Exactly this number").length(1, 64),
        field<&T::name>("The name or its beginning, in capitals or not").length(1, 60),
        field<&T::surname>("The surname or its beginning, in capitals or not").length(1, 60),
        field<&T::type>("Of this type"),
        field<&T::segment_id>("Of this segment").range(0, api::id_max),
        field<&T::identification_value>("With exactly this identification").length(1, 40),
        field<&T::communication_info>("With exactly this phone or e-mail").length(1, 120),
        field<&T::created_from>("Created at this time or later"),
        field<&T::created_to>("Created before this time"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

}  // namespace takas
