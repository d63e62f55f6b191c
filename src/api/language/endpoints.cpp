#include "api/language/endpoints.hpp"

#include "api/language/dto.hpp"
#include "api/language/enum_texts.hpp"

namespace takas::api {
namespace {

Result<std::vector<EnumTextsDto>> get_enum_texts(Call& call, const Query<EnumTextsQuery>& query) {
    std::vector<EnumTextsDto> answer;
    for (const auto rows : language::all_texts())
        for (const language::EnumText& row : rows) {
            if (query.value.enum_name && *query.value.enum_name != row.enum_name) continue;
            if (answer.empty() || answer.back().enum_name != row.enum_name)
                answer.push_back({std::string(row.enum_name), {}});
            answer.back().values.push_back({std::string(row.value), std::string(row.in(call.context.language))});
        }
    return answer;
}

constexpr std::array rows{
    endpoint<&get_enum_texts>(Method::get, "/api/v1/issuing/enum-text", "getEnumTexts", "Language",
                              "What to show for enum values, in the language of Accept-Language", Permission::any_user,
                              Idempotency::none),
};

}  // namespace

std::span<const Endpoint> language_endpoints() { return rows; }

}  // namespace takas::api
