#include "crypto/payment/fault.hpp"

#include <array>

namespace takas::crypto::payment {
namespace {

struct FaultText {
    Fault fault;
    std::string_view text;
};

constexpr std::array texts{
    FaultText{Fault::key_length_refused, "the key has a length that this operation does not take"},
    FaultText{Fault::key_weak, "the key is zero or its parts are equal"},
    FaultText{Fault::key_components_refused, "two to nine key components of one length are needed"},
    FaultText{Fault::key_shares_refused, "the key shares are too few, not of one set, or mistyped"},
    FaultText{Fault::pan_refused, "the card number is not one that this algorithm takes"},
    FaultText{Fault::digits_refused, "a field is not the decimal digits that it should be"},
    FaultText{Fault::pin_refused, "the PIN is not 4 to 12 digits"},
    FaultText{Fault::data_length_refused, "a data element has a wrong length"},
    FaultText{Fault::pin_block_refused, "the PIN block cannot be used"},
    FaultText{Fault::translation_refused, "this PIN block translation is not permitted"},
    FaultText{Fault::ksn_refused, "the key serial number is not one that a terminal can have"},
    FaultText{Fault::profile_unknown, "there is no such chip profile"},
    FaultText{Fault::profile_lacks_operation, "the chip profile has no such operation"},
    FaultText{Fault::tree_refused, "the session key tree is too small or too large"},
    FaultText{Fault::block_length_refused, "the key block has a wrong length"},
    FaultText{Fault::block_version_refused, "the key block has an unknown version"},
    FaultText{Fault::block_wrap_refused, "key blocks of this version are read and not written"},
    FaultText{Fault::block_usage_unknown, "the key block has an unknown key usage"},
    FaultText{Fault::block_algorithm_unknown, "the key block has an unknown algorithm"},
    FaultText{Fault::block_mode_unknown, "the key block has an unknown mode of use"},
    FaultText{Fault::block_mode_refused, "the key usage does not allow this mode of use"},
    FaultText{Fault::block_number_refused, "the key block has a malformed key version number"},
    FaultText{Fault::block_exportability_unknown, "the key block has an unknown exportability"},
    FaultText{Fault::block_optional_refused, "the optional blocks of the key block cannot be read"},
    FaultText{Fault::block_reserved_refused, "the key block has an unknown key context or a reserved character in use"},
    FaultText{Fault::block_text_refused, "the key block has a character that is not allowed there"},
    FaultText{Fault::block_mac_wrong, "the key block was altered or wrapped under another key"},
    FaultText{Fault::block_key_refused, "the wrapped key has a length that its algorithm does not take"},
};

constexpr bool is_in_enum_order() {
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (static_cast<std::size_t>(texts[i].fault) != i) return false;
    return texts.size() == static_cast<std::size_t>(Fault::count_);
}
static_assert(is_in_enum_order());

}  // namespace

std::string_view text_of(Fault fault) { return texts[static_cast<std::size_t>(fault)].text; }

}  // namespace takas::crypto::payment
