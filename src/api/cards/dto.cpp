#include "api/cards/dto.hpp"

#include "base/optional_text.hpp"

namespace takas::api {

app::cards::NewCard new_card_of(const CreateCardDto& dto) {
    app::cards::NewCard wanted;
    wanted.card_product_code = dto.card_product_code;
    wanted.customer_no = dto.customer_no;
    wanted.product_type = dto.product_type;
    if (dto.customer) wanted.customer = customer_of(*dto.customer);
    wanted.personalized_name_line_1 = text_or_empty(dto.personalized_name_line_1);
    wanted.personalized_name_line_2 = text_or_empty(dto.personalized_name_line_2);
    wanted.parent_token_id = dto.parent_token_id.value_or(TokenId{});
    wanted.phone_number = text_or_empty(dto.phone_number);
    wanted.card_art_id = dto.card_art_id.value_or(EntityId{});
    wanted.expire_date = dto.expire_date;
    wanted.auto_renewal = dto.auto_renewal;
    wanted.digital_slip_type = dto.digital_slip_type;
    wanted.activate_on_create = dto.activate_on_create;
    wanted.policy = dto.policy;
    for (const NewCardVelocityDto& one : dto.velocity_controls) wanted.velocity_limits.push_back(limit_of(one));
    wanted.issuance = dto.issuance;
    wanted.delivery_address = dto.delivery_address;
    wanted.delivery_communication = dto.delivery_communication;
    wanted.external_reference = text_or_empty(dto.external_reference);
    return wanted;
}

CardDto to_dto(const core::card::Card& c) {
    return {c.token_id,
            c.masked_card_no,
            c.bin,
            optional_text(c.customer_no),
            c.card_product_code,
            c.card_product_name,
            c.card_dci,
            c.brand,
            c.product_type,
            c.status,
            c.status_reason,
            c.expire_date,
            optional_text(c.personalized_name_line_1),
            optional_text(c.personalized_name_line_2),
            static_cast<bool>(c.parent_token_id),
            c.parent_token_id ? std::optional(c.parent_token_id) : std::nullopt,
            c.is_noname,
            c.pan_sequence_no,
            c.previous_expire_date,
            c.replaces_token_id ? std::optional(c.replaces_token_id) : std::nullopt,
            c.replaced_by_token_id ? std::optional(c.replaced_by_token_id) : std::nullopt,
            c.barcode,
            optional_text(c.phone_number),
            c.auto_renewal,
            c.digital_slip_type,
            c.pin_set,
            c.card_art_id ? std::optional(c.card_art_id) : std::nullopt,
            optional_text(c.external_reference),
            c.account_id,
            c.creation_time,
            c.creator_id};
}

CardSummaryDto summary_of(const core::card::Card& c) {
    return {c.token_id,          c.masked_card_no, optional_text(c.customer_no),
            c.card_product_code, c.status,         c.expire_date,
            c.product_type,      c.creation_time};
}

UpdateCardStatusResponseDto to_dto(const app::cards::ChangedStatus& changed) {
    return {changed.after.token_id,
            changed.before.status,
            changed.after.status,
            changed.before.status_reason,
            changed.after.status_reason,
            changed.after.status_changed_at,
            std::nullopt};
}

}  // namespace takas::api

namespace takas {

void Describe<api::CreateCardDto>::more_errors(const T& body, Instant now, FieldErrors& errors) {
    if (!body.customer) return;
    FieldErrors of_customer;
    for (const FieldError& one : errors.list())
        if (one.path.starts_with("customer.")) of_customer.add(one.path.substr(9), one.english, one.turkish);
    const std::size_t known = of_customer.list().size();
    Describe<api::CreateCustomerDto>::more_errors(*body.customer, now, of_customer);
    for (std::size_t i = known; i < of_customer.list().size(); ++i)
        errors.add("customer." + of_customer.list()[i].path, of_customer.list()[i].english,
                   of_customer.list()[i].turkish);
}

}  // namespace takas
