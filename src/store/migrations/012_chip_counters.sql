-- The counters of an account's chips, beside its balance: this row is written with every authorization anyway. Text of
-- core/card/chip_counters.hpp; where a card is not named in it, card_security.last_atc counts.

ALTER TABLE card_account ADD COLUMN chip_counters TEXT NOT NULL DEFAULT '';
