#include "hsm/engine/faults.hpp"

#include <string>

namespace takas::hsm {

using crypto::payment::Fault;

ErrorCode code_of(Fault fault) {
    switch (fault) {
        case Fault::key_length_refused:
        case Fault::key_weak:
            return ErrorCode::hsm_key_usage_refused;
        case Fault::key_components_refused:
        case Fault::key_shares_refused:
            return ErrorCode::hsm_key_component_invalid;
        case Fault::pin_refused:
        case Fault::pin_block_refused:
        case Fault::ksn_refused:
            return ErrorCode::hsm_pin_block_invalid;
        case Fault::translation_refused:
            return ErrorCode::hsm_pin_translation_refused;
        case Fault::profile_unknown:
        case Fault::profile_lacks_operation:
            return ErrorCode::hsm_profile_unknown;
        default:
            return ErrorCode::hsm_data_invalid;
    }
}

std::unexpected<Error> refused(Fault fault) {
    return fail(code_of(fault), std::string(crypto::payment::text_of(fault)));
}

}  // namespace takas::hsm
