#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/finding.h"

/// A finding's facts in JSON: an object from name to text, or to the list of its texts where
/// merged findings brought several under one name.
namespace plimsoll::report {

/// Keys in the order of their first fact.
[[nodiscard]] nlohmann::ordered_json facts_json(const std::vector<Fact>& facts);

/// Appends what one member of such an object holds; anything but texts is passed over.
void read_facts(const std::string& key, const nlohmann::ordered_json& value,
                std::vector<Fact>& facts);

}  // namespace plimsoll::report
