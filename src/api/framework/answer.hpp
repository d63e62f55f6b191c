// What handlers take and give besides described structs: pages, empty answers, query and form wrappers, and the promise
// of an answer that comes later.
#pragma once

#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/ports/page.hpp"
#include "base/describe.hpp"
#include "base/error.hpp"
#include "protocol/json/codec.hpp"

namespace takas::api {

/// One page of a list: {"totalCount": 12, "items": [...], "nextCursor": "..."}.
template <class T>
struct Paged {
    std::int64_t total_count = 0;
    std::vector<T> items;
    std::string next_cursor;
};

/// 204 without a body.
struct NoContent {};

/// A described struct read from the query string.
template <class T>
struct Query {
    T value;
};

/// A described struct read from the request's headers: each field is a header of its published name in lower case.
template <class T>
struct Headers {
    T value{};
};

/// A described struct read from a form-urlencoded body; a JSON body is taken too (OAuth token requests).
template <class T>
struct Form {
    T value;
};

/// The body of the answer as JSON text ("" when there is none), or what went wrong.
using Finish = std::move_only_function<void(Result<std::string>)>;

/// What says how its clear secrets are wiped: `wipe_secrets(value)` beside its type. Called when an answer was written,
/// or a body was handled.
template <class T>
void wipe_if_secret(T& value) {
    if constexpr (requires { wipe_secrets(value); }) wipe_secrets(value);
}

template <class Res>
Result<std::string> to_body(Result<Res> result) {
    if (!result) return std::unexpected(std::move(result.error()));
    if constexpr (std::same_as<Res, NoContent>) {
        return std::string();
    } else {
        auto text = protocol::json::encode(*result);
        wipe_if_secret(*result);
        return text;
    }
}

/// Called exactly once, from any thread. An answer that is dropped becomes an internal error: no caller waits for ever.
template <class Res>
class Answer {
  public:
    explicit Answer(Finish finish) : finish_(std::move(finish)) {}
    Answer(Answer&& other) noexcept : finish_(std::exchange(other.finish_, nullptr)) {}
    Answer& operator=(Answer&&) = delete;
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;
    ~Answer() {
        if (finish_) finish_(fail(ErrorCode::internal, "the handler dropped its answer"));
    }

    void operator()(Result<Res> result) {
        if (auto finish = std::exchange(finish_, nullptr)) finish(to_body(std::move(result)));
    }

  private:
    Finish finish_;
};

namespace answer_detail {

/// "PagedResultDto_CardDto", made at compile time.
template <class T>
struct PagedName {
    static constexpr std::string_view prefix = "PagedResultDto_";
    static constexpr auto chars = [] {
        std::array<char, prefix.size() + Describe<T>::name.size()> out{};
        std::ranges::copy(Describe<T>::name, std::ranges::copy(prefix, out.begin()).out);
        return out;
    }();
    static constexpr std::string_view value{chars.data(), chars.size()};
};

}  // namespace answer_detail

}  // namespace takas::api

namespace takas {

template <class Item>
struct Describe<api::Paged<Item>> {
    using T = api::Paged<Item>;
    static constexpr std::string_view name = api::answer_detail::PagedName<Item>::value;
    static constexpr auto fields = std::array{
        field<&T::total_count>("How many items there are on all pages, counted up to 1,000")
            .required()
            .range(0, app::ports::counted_max),
        field<&T::items>("The items of this page").required(),
        field<&T::next_cursor>("For the query parameter cursor of the next page; empty: this was the last page")
            .required()
            .length(0, 1024),
    };
};

}  // namespace takas
