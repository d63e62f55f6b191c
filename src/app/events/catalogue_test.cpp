// The catalogue against the contract: which names stand under "Data" of each event (section 9, and 4.4 for
// transactions).
#include "app/events/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/json/value.hpp"

namespace takas::app::events {
namespace {

using core::event::EventKind;

std::vector<std::string> members_of(EventKind kind) {
    const std::string text = catalogue_row(kind).example();
    const auto parsed = protocol::json::parse(text);
    std::vector<std::string> names;
    if (!parsed) return names;
    for (const Field& field : catalogue_row(kind).payload->fields())
        if (parsed->root().find(field.pascal.view())) names.emplace_back(field.pascal.view());
    EXPECT_EQ(names.size(), catalogue_row(kind).payload->fields().size()) << text;
    return names;
}

using Names = std::vector<std::string>;

TEST(Catalogue, CarriesTheFieldsOfTheContract) {
    const Names security{"CardTokenId", "MaskedCardNo", "CustomerNo", "DateTime", "User"};
    const Names link{"CardTokenId", "MaskedCardNo", "CustomerNo", "DateTime", "UpdateUser"};
    const std::vector<std::pair<EventKind, Names>> expected{
        {EventKind::customer_created,
         {"Id", "CustomerNo", "Name", "Midname", "Surname", "Nationality", "Gender", "MaritalStatus", "DisabledType",
          "BirthDate", "BirthPlace", "FatherName", "MotherMaidenName", "MotherName", "CreationTime", "CreatorId"}},
        {EventKind::card_created,
         {"CardTokenId", "MaskedCardNo", "CustomerNo", "DateTime", "CreateUser", "CardDci", "IsChildCard",
          "PersonalizedNameLine1", "PersonalizedNameLine2", "Status", "CardProductName", "Bin", "ExpireDate", "Brand",
          "ProductType"}},
        {EventKind::card_status_changed,
         {"CardTokenId", "MaskedCardNo", "OldStatus", "NewStatus", "OldReason", "NewReason", "DateTime", "UpdateUser"}},
        {EventKind::card_linked_to_customer, link},
        {EventKind::card_unlinked_from_customer, link},
        {EventKind::perso_created,
         {"CardTokenId", "MaskedCardNo", "CustomerNo", "DateTime", "CreateUser", "PersoOfficeName", "CourierName"}},
        {EventKind::perso_status_changed,
         {"CardTokenId", "MaskedCardNo", "CustomerNo", "OldStatus", "NewStatus", "Barcode", "QrCodeBarcode",
          "UpdateUser", "DateTime", "PersoOfficeName", "CourierName"}},
        {EventKind::delivery_created,
         {"CardTokenId", "MaskedCardNo", "CustomerNo", "Barcode", "CourierName", "DateTime", "CreateUser"}},
        {EventKind::delivery_status_changed,
         {"CardTokenId", "MaskedCardNo", "CustomerNo", "OldStatus", "NewStatus", "Barcode", "CourierName", "DateTime",
          "User"}},
        {EventKind::transaction_transition,
         {"TransactionId", "EventType", "TransactionAmount", "BillingAmount", "DateTime"}},
        {EventKind::three_d_secure_transition,
         {"AcsTransactionId", "TransactionId", "CardTokenId", "MaskedCardNo", "EventType", "Result", "CreationTime",
          "DateTime", "CreatorId"}},
        {EventKind::dispute_transition,
         {"TransactionId", "CardTokenId", "MaskedCardNo", "EventType", "CreationTime", "DateTime", "CreatorId"}},
        {EventKind::pin_set, security},
        {EventKind::pin_changed, security},
        {EventKind::pin_blocked, security},
        {EventKind::cvv2_blocked, security},
        {EventKind::card_fee_charged,
         {"CardTokenId", "MaskedCardNo", "CustomerNo", "TransactionId", "FeeType", "FeeId", "FeeName", "Amount",
          "NetAmount", "Currency", "Taxes", "PeriodNo", "DateTime"}},
    };
    for (const auto& [kind, names] : expected) EXPECT_EQ(members_of(kind), names) << to_name(kind);
    for (const EventKind kind : {EventKind::successful_transaction, EventKind::unsuccessful_transaction}) {
        const Names names = members_of(kind);
        for (const char* name : {"Id", "TokenId", "TransactionResult", "BillingAmount", "Mcc", "RemainingAmount"})
            EXPECT_NE(std::ranges::find(names, name), names.end()) << name;
    }
}

TEST(Catalogue, SaysWhatNothingMakesYet) {
    for (const CatalogueRow& row : catalogue()) {
        const bool is_missing =
            row.kind == EventKind::three_d_secure_transition || row.kind == EventKind::dispute_transition;
        EXPECT_EQ(row.no_producer.empty(), !is_missing) << to_name(row.kind);
    }
    EXPECT_EQ(catalogue().size(), 19U);
}

TEST(Catalogue, TheExamplesSayWhatTheirEventMeans) {
    const auto at = [](EventKind kind, std::string_view name) {
        const std::string text = catalogue_row(kind).example();
        return std::string(protocol::json::parse(text).value().root().find(name).value().text());
    };
    EXPECT_EQ(at(EventKind::successful_transaction, "TransactionResult"), "Approved");
    EXPECT_EQ(at(EventKind::unsuccessful_transaction, "TransactionResult"), "Declined");
    EXPECT_EQ(at(EventKind::card_status_changed, "NewStatus"), "Active");
    EXPECT_EQ(at(EventKind::card_created, "DateTime"), "2031-03-01T10:00:00Z");
}

}  // namespace
}  // namespace takas::app::events
