#include "report/image_json.h"

#include <string>

#include "core/escape.h"
#include "report/json_fields.h"

namespace plimsoll::report {
namespace {

using Json = nlohmann::ordered_json;
using fields::number;
using fields::objects;
using fields::text;
using fields::texts;

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(to_utf8(text));
}

Json list_of(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(to_utf8(text));
  return list;
}

Json layer_json(const ImageSummary::Layer& layer) {
  return {{"diff_id", to_utf8(layer.diff_id)},
          {"digest", or_null(layer.digest)},
          {"size", layer.size},
          {"instruction", or_null(layer.instruction)},
          {"bytes", layer.bytes},
          {"hidden", layer.hidden},
          {"place", or_null(layer.place)}};
}

Json base_json(const ImageSummary::Base& base) {
  return {{"name", or_null(base.name)},
          {"digest", or_null(base.digest)},
          {"layers", base.layers},
          {"evidence", or_null(base.evidence)}};
}

Json waste_json(const ImageSummary::Waste& waste) {
  return {{"id", waste.id},
          {"title", waste.title},
          {"what", waste.what},
          {"bytes", waste.bytes},
          {"files", waste.files},
          {"layer", waste.layer},
          {"paths", list_of(waste.paths)},
          {"advice", waste.advice}};
}

}  // namespace

Json image_json(const ImageSummary& image) {
  Json layers = Json::array();
  for (const ImageSummary::Layer& layer : image.layers) layers.push_back(layer_json(layer));
  Json waste = Json::array();
  for (const ImageSummary::Waste& each : image.waste) waste.push_back(waste_json(each));
  return {{"reference", to_utf8(image.reference)},
          {"digest", or_null(image.digest)},
          {"platform", to_utf8(image.platform)},
          {"os", or_null(image.os)},
          {"size", image.size},
          {"layers", std::move(layers)},
          {"base", image.base ? base_json(*image.base) : Json(nullptr)},
          {"os_title", or_null(image.os_title)},
          {"created", or_null(image.created)},
          {"user", to_utf8(image.user)},
          {"start", list_of(image.start)},
          {"bytes", image.bytes},
          {"hidden", image.hidden},
          {"waste", std::move(waste)},
          {"unreachable_bytes",
           image.unreachable_bytes ? Json(*image.unreachable_bytes) : Json(nullptr)}};
}

ImageSummary image_of_json(const Json& json) {
  ImageSummary image{.reference = text(json, "reference"),
                     .digest = text(json, "digest"),
                     .platform = text(json, "platform"),
                     .os = text(json, "os"),
                     .os_title = text(json, "os_title"),
                     .created = text(json, "created"),
                     .user = text(json, "user"),
                     .start = texts(json, "start"),
                     .size = number(json, "size"),
                     .bytes = number(json, "bytes"),
                     .hidden = number(json, "hidden")};
  if (const auto bytes = json.find("unreachable_bytes");
      bytes != json.end() && bytes->is_number_unsigned()) {
    image.unreachable_bytes = bytes->get<std::uint64_t>();
  }
  for (const Json* layer : objects(json, "layers")) {
    image.layers.push_back({.diff_id = text(*layer, "diff_id"),
                            .digest = text(*layer, "digest"),
                            .size = number(*layer, "size"),
                            .bytes = number(*layer, "bytes"),
                            .hidden = number(*layer, "hidden"),
                            .instruction = text(*layer, "instruction"),
                            .place = text(*layer, "place")});
  }
  if (const auto base = json.find("base"); base != json.end() && base->is_object()) {
    image.base = ImageSummary::Base{.name = text(*base, "name"),
                                    .digest = text(*base, "digest"),
                                    .layers = number(*base, "layers"),
                                    .evidence = text(*base, "evidence")};
  }
  for (const Json* each : objects(json, "waste")) {
    image.waste.push_back({.id = text(*each, "id"),
                           .title = text(*each, "title"),
                           .what = text(*each, "what"),
                           .bytes = number(*each, "bytes"),
                           .files = number(*each, "files"),
                           .layer = number(*each, "layer"),
                           .paths = texts(*each, "paths"),
                           .advice = text(*each, "advice")});
  }
  return image;
}

}  // namespace plimsoll::report
