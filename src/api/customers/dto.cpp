#include "api/customers/dto.hpp"

#include "base/optional_text.hpp"
#include "core/customer/customer_rules.hpp"

namespace takas::api {
namespace {

using core::customer::Customer;
using core::customer::Findings;

PersonFields person_of(const Customer& c) {
    PersonFields p;
    p.type = c.type;
    if (c.segment_id) p.segment_id = c.segment_id;
    p.name = c.name;
    p.midname = optional_text(c.midname), p.surname = optional_text(c.surname);
    p.nationality = optional_text(c.nationality);
    p.communication_language = c.communication_language;
    p.gender = c.gender;
    p.birth_date = c.birth_date;
    p.birth_place = optional_text(c.birth_place);
    p.mother_name = optional_text(c.mother_name), p.father_name = optional_text(c.father_name);
    p.mother_maiden_name = optional_text(c.mother_maiden_name);
    p.marital_status = c.marital_status;
    p.disabled_type = c.disabled_type;
    p.business_detail = c.business_detail;
    return p;
}

/// Adds what the rules find where no error stands yet. A type that could not be read decides nothing.
void add_findings(Findings findings, FieldErrors& errors) {
    const auto is_refused = [&](std::string_view path) {
        return std::ranges::find(errors.list(), path, &FieldError::path) != errors.list().end();
    };
    if (is_refused("type")) return;
    const auto more = core::customer::result_of(std::move(findings));
    if (more) return;
    for (const FieldError& one : more.error().fields)
        if (!is_refused(one.path)) errors.add(one.path, one.english, one.turkish);
}

}  // namespace

Customer customer_of(const PersonFields& p) {
    Customer c;
    c.type = p.type;
    c.segment_id = p.segment_id.value_or(EntityId{});
    c.name = p.name;
    c.midname = text_or_empty(p.midname), c.surname = text_or_empty(p.surname);
    c.nationality = text_or_empty(p.nationality);
    c.communication_language = p.communication_language;
    c.gender = p.gender;
    c.birth_date = p.birth_date;
    c.birth_place = text_or_empty(p.birth_place);
    c.mother_name = text_or_empty(p.mother_name), c.father_name = text_or_empty(p.father_name);
    c.mother_maiden_name = text_or_empty(p.mother_maiden_name);
    c.marital_status = p.marital_status;
    c.disabled_type = p.disabled_type;
    c.business_detail = p.business_detail;
    return c;
}

Customer customer_of(const CreateCustomerDto& dto) {
    Customer c = customer_of(static_cast<const PersonFields&>(dto));
    c.customer_no = dto.customer_no;
    c.customer_identifications = dto.customer_identifications;
    c.customer_addresses = dto.customer_addresses;
    c.customer_communications = dto.customer_communications;
    return c;
}

void fill(CustomerDto& dto, const Customer& c) {
    static_cast<PersonFields&>(dto) = person_of(c);
    dto.customer_no = c.customer_no;
    dto.customer_identifications = c.customer_identifications;
    dto.customer_addresses = c.customer_addresses;
    dto.customer_communications = c.customer_communications;
    dto.id = c.id;
    dto.creation_time = c.creation_time;
    dto.creator_id = c.creator_id;
    dto.last_modification_time = c.last_modification_time;
}

}  // namespace takas::api

namespace takas {

void Describe<api::UpdateCustomerDto>::more_errors(const api::UpdateCustomerDto& body, Instant now,
                                                   FieldErrors& errors) {
    core::customer::Findings findings;
    core::customer::check_person(api::customer_of(body), date_of(now), "", findings);
    api::add_findings(std::move(findings), errors);
}

void Describe<api::CreateCustomerDto>::more_errors(const api::CreateCustomerDto& body, Instant now,
                                                   FieldErrors& errors) {
    core::customer::Findings findings;
    const auto customer = api::customer_of(body);
    core::customer::check_person(customer, date_of(now), "", findings);
    core::customer::check_collections(customer, date_of(now), "", findings);
    api::add_findings(std::move(findings), errors);
}

}  // namespace takas
