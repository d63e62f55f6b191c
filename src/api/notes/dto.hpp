// Bodies and queries of the note endpoints (contract 4.1, 4.2).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "api/framework/page.hpp"
#include "core/note/note.hpp"

namespace takas::api {

struct CreateNoteEntityTypeDto {
    std::optional<core::note::EntityType> entity_type;
    std::string entity_id;
    std::string note;
};

struct NoteResponseDto {
    EntityId id;
    core::note::EntityType entity_type{};
    std::string entity_id;
    std::string note;
    std::string creator_id;
    std::string creator_user_name;
    Instant creation_time;
};

struct NoteListQuery : PageFields {
    std::string entity_id;
};

}  // namespace takas::api

namespace takas {

template <>
struct Describe<api::CreateNoteEntityTypeDto> {
    using T = api::CreateNoteEntityTypeDto;
    static constexpr std::string_view name = "CreateNoteEntityTypeDto";
    static constexpr std::array fields{
        field<&T::entity_type>("What the note is about; the path says it too").example("Customer"),
        field<&T::entity_id>("Customer number or token id").required().length(1, 64).example("C-1001"),
        field<&T::note>("The note; it may not hold a card number").required().length(1, 1000).example("Called back."),
    };
};
template <>
struct Describe<api::NoteResponseDto> {
    using T = api::NoteResponseDto;
    static constexpr std::string_view name = "NoteResponseDto";
    static constexpr std::array fields{
        field<&T::id>("Number given by the platform").required().example("61234567890"),
        field<&T::entity_type>("What the note is about").required().example("Customer"),
        field<&T::entity_id>("Customer number or token id").required().example("C-1001"),
        field<&T::note>("The note").required().example("Called back."),
        field<&T::creator_id>("User who wrote it").required(),
        field<&T::creator_user_name>("The user's name then").required().example("ayse"),
        field<&T::creation_time>("When it was written").required().example("2031-03-01T10:00:00Z"),
    };
};
template <>
struct Describe<api::NoteListQuery> {
    using T = api::NoteListQuery;
    static constexpr std::string_view name = "NoteListQuery";
    static constexpr std::array fields{
        field<&T::entity_id>("Customer number or token id").required().length(1, 64).example("C-1001"),
        api::page_field_skip<T>(),
        api::page_field_max<T>(),
        api::page_field_sorting<T>(),
        api::page_field_cursor<T>(),
    };
};

}  // namespace takas
