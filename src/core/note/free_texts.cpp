#include "core/note/free_texts.hpp"

#include <algorithm>
#include <array>

#include "core/note/note.hpp"

namespace takas::core::note {
namespace {

constexpr std::array rows{
    FreeText{"Customer", "name"},
    FreeText{"Customer", "midname"},
    FreeText{"Customer", "surname"},
    FreeText{"Customer", "nationality"},
    FreeText{"Customer", "birth_place"},
    FreeText{"Customer", "mother_name"},
    FreeText{"Customer", "father_name"},
    FreeText{"Customer", "mother_maiden_name"},
    FreeText{"BusinessDetail", "company_name"},
    FreeText{"BusinessDetail", "tax_office"},
    FreeText{"CustomerAddressDto", "address_line_1"},
    FreeText{"CustomerAddressDto", "address_line_2"},
    FreeText{"CustomerAddressDto", "address_line_3"},
    FreeText{"CustomerAddressDto", "district"},
    FreeText{"CustomerAddressDto", "city"},
    FreeText{"CustomerAddressDto", "state"},
    FreeText{"CustomerAddressDto", "country"},
    FreeText{"CustomerAddressDto", "postal_code"},
    FreeText{"CustomerAddressDto", "address_code"},
    FreeText{"CardDeliveryAddressDto", "address_line_1"},
    FreeText{"CardDeliveryAddressDto", "address_line_2"},
    FreeText{"CardDeliveryAddressDto", "address_line_3"},
    FreeText{"CardDeliveryAddressDto", "district"},
    FreeText{"CardDeliveryAddressDto", "city"},
    FreeText{"CardDeliveryAddressDto", "state"},
    FreeText{"CardDeliveryAddressDto", "country"},
    FreeText{"CardDeliveryAddressDto", "postal_code"},
    FreeText{"CardDeliveryAddressDto", "address_code"},
    FreeText{"CustomerSegment", "name"},
    FreeText{"CustomerSegment", "description"},
    FreeText{"CardProduct", "name"},
    FreeText{"CardProduct", "description"},
    FreeText{"CardProductGroup", "name"},
    FreeText{"CardProductGroup", "description"},
    FreeText{"CardArt", "name"},
    FreeText{"CardArt", "description"},
};

bool is_free_text(std::string_view record, std::string_view field) {
    return std::ranges::any_of(rows, [&](const FreeText& row) { return row.record == record && row.field == field; });
}

}  // namespace

std::span<const FreeText> free_text_fields() { return rows; }

void check_free_texts(const Type& type, const void* record, std::string_view path, FieldErrors& errors) {
    for (const Field& field : type.fields()) {
        const Type* what = field.type;
        const void* value = member_of(field, record);
        if (what->optional) value = what->value(value), what = what->inner;
        if (!value) continue;
        const std::string name = std::string(path) + std::string(field.camel.view());
        if (what->kind == Kind::object) check_free_texts(*what, value, name + '.', errors);
        if (what->kind == Kind::text && is_free_text(type.name, field.name))
            check_free_text(name, what->get_text(value), errors);
    }
}

void check_free_text(std::string_view path, std::string_view text, FieldErrors& errors) {
    if (holds_card_number(text))
        errors.add(std::string(path), "A card number must not be written here.", "Buraya kart numarası yazılamaz.");
}

Result<void> check_free_text(std::string_view path, std::string_view text) {
    FieldErrors errors;
    check_free_text(path, text, errors);
    if (errors.empty()) return {};
    return std::move(errors).as_error();
}

}  // namespace takas::core::note
