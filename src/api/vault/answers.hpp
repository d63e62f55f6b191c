// The envelope of the Paywall contract: {ErrorCode, Result, Message, Body}, two members more in PaymentAPI. Described
// once as templates, so that the reference shows each endpoint's own body.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/describe.hpp"
#include "base/error.hpp"

namespace takas::api::vault {

/// The answer of CardWallAPI.
template <class T>
struct WallAnswer {
    std::int32_t error_code = 0;
    bool result = true;
    std::string message;
    std::optional<T> body;
};
/// The answer of PaymentAPI.
template <class T>
struct PaymentAnswer {
    std::int32_t error_code = 0;
    std::int32_t error_code_type = 1;
    bool result = true;
    std::string message;
    std::optional<std::string> error_message;
    std::optional<T> body;
};

template <class T>
void wipe_secrets(WallAnswer<T>& answer) {
    if constexpr (requires { wipe_secrets(*answer.body); })
        if (answer.body) wipe_secrets(*answer.body);
}

/// A body without a member: always null.
struct Nothing {};
/// A body that is a text: "" after an update.
using Text = std::string;

template <class T>
Result<WallAnswer<T>> wall_answer(T body) {
    WallAnswer<T> answer;
    answer.body = std::move(body);
    return answer;
}
inline Result<WallAnswer<Nothing>> wall_done() { return WallAnswer<Nothing>{}; }
template <class T>
Result<PaymentAnswer<T>> payment_answer(T body) {
    PaymentAnswer<T> answer;
    answer.body = std::move(body);
    return answer;
}

/// What every refusal looks like, for the reference.
struct WallRefusal {
    std::int32_t error_code = 1;
    bool result = false;
    std::string message;
    std::optional<std::string> body;
};
struct PaymentRefusal {
    std::int32_t error_code = 1;
    std::int32_t error_code_type = 1;
    bool result = false;
    std::string message;
    std::optional<std::string> error_message;
    std::optional<std::string> body;
};

/// A field as the contract spells it: PascalCase.
template <auto Member>
constexpr Field wire(std::string_view doc) {
    const Field plain = field<Member>(doc);
    return plain.published_as(plain.pascal.view());
}

}  // namespace takas::api::vault

namespace takas {

namespace paywall_detail {

/// "PaywallResult_TempCardDto", made at compile time.
template <class T>
constexpr std::string_view name_of_body() {
    if constexpr (describe_detail::IsVector<T>::value)
        return Describe<typename T::value_type>::name;
    else if constexpr (std::same_as<T, std::string>)
        return "Text";
    else
        return Describe<T>::name;
}
template <class T, bool IsPayment>
struct AnswerName {
    static constexpr std::string_view prefix = IsPayment                             ? "PaymentResult_"
                                               : describe_detail::IsVector<T>::value ? "CardWallResultList_"
                                                                                     : "CardWallResult_";
    static constexpr auto chars = [] {
        std::array<char, prefix.size() + name_of_body<T>().size()> out{};
        std::ranges::copy(name_of_body<T>(), std::ranges::copy(prefix, out.begin()).out);
        return out;
    }();
    static constexpr std::string_view value{chars.data(), chars.size()};
};

template <class T>
constexpr auto common_fields() {
    return std::array{
        api::vault::wire<&T::error_code>("0: done; else a number of the contract's lists").required(),
        api::vault::wire<&T::result>("Was it done").required(),
        api::vault::wire<&T::message>("Why not, in the language of the header locale; empty when done")
            .required()
            .length(0, 4'096),
    };
}
template <class T>
constexpr auto payment_fields() {
    return std::array{
        api::vault::wire<&T::error_code_type>("Always 1").required(),
        api::vault::wire<&T::error_message>("As Message; null when done").length(0, 4'096),
    };
}
template <class T>
constexpr auto body_field() {
    return std::array{api::vault::wire<&T::body>("What was asked for; null when it was refused or there is nothing")};
}

}  // namespace paywall_detail

template <>
struct Describe<api::vault::Nothing> {
    static constexpr std::string_view name = "PaywallNothing";
    static constexpr std::array<Field, 0> fields{};
};
template <class Body>
struct Describe<api::vault::WallAnswer<Body>> {
    using T = api::vault::WallAnswer<Body>;
    static constexpr std::string_view name = paywall_detail::AnswerName<Body, false>::value;
    static constexpr auto fields = join_fields(paywall_detail::common_fields<T>(), paywall_detail::body_field<T>());
};
template <class Body>
struct Describe<api::vault::PaymentAnswer<Body>> {
    using T = api::vault::PaymentAnswer<Body>;
    static constexpr std::string_view name = paywall_detail::AnswerName<Body, true>::value;
    static constexpr auto fields = join_fields(paywall_detail::common_fields<T>(), paywall_detail::payment_fields<T>(),
                                               paywall_detail::body_field<T>());
};
template <>
struct Describe<api::vault::WallRefusal> {
    using T = api::vault::WallRefusal;
    static constexpr std::string_view name = "CardWallRefusal";
    static constexpr auto fields = join_fields(paywall_detail::common_fields<T>(), paywall_detail::body_field<T>());
};
template <>
struct Describe<api::vault::PaymentRefusal> {
    using T = api::vault::PaymentRefusal;
    static constexpr std::string_view name = "PaymentRefusal";
    static constexpr auto fields = join_fields(paywall_detail::common_fields<T>(), paywall_detail::payment_fields<T>(),
                                               paywall_detail::body_field<T>());
};

}  // namespace takas
