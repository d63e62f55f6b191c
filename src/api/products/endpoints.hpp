// The rows of the sections CardBin, CardBinRange, CardArt, CardProductGroup and CardProduct.
#pragma once

#include <span>

#include "api/framework/endpoint.hpp"

namespace takas::api {

std::span<const Endpoint> bin_endpoints();
std::span<const Endpoint> art_and_group_endpoints();
std::span<const Endpoint> art_image_endpoints();
std::span<const Endpoint> product_endpoints();

}  // namespace takas::api
