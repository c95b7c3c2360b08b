#include "image/image_secrets.h"

#include <gtest/gtest.h>

#include "image/sample_image.h"

namespace plimsoll::image {
namespace {

using sample_tar::file;

/// Put together here, so that this file itself holds none.
const std::string kKey = std::string("-----BEGIN RSA PRIVATE") + " KEY-----\n" +
                         "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/ygWyF8PbnGy0AHB7MaNLeTyGZxu5lzCn\n"
                         "q1N8dV1mPqtxrd2c5YyWzIuwBjPUJpvZJXgLqQm1oGYp3TnkfVLuKLQvWQyVdqQW\n"
                         "-----END RSA PRIVATE" +
                         " KEY-----\n";

/// "place path layer hidden;" of each.
std::string listed(const Inventory& inventory) {
  std::string text;
  for (const ImageSecret& each : inventory.secrets) {
    text += std::to_string(static_cast<int>(each.place)) + ' ' + each.secret.path + ' ' +
            std::to_string(each.layer) +
            (each.hidden_by ? " hidden by " + std::to_string(*each.hidden_by) : "") + ';';
  }
  return text;
}

Inventory take(const std::vector<std::string>& layers, const std::string& config = {}) {
  return inventory_of(sample_archive(layers, config));
}

TEST(ImageSecrets, DeletedFilesStillCarryThem) {
  EXPECT_EQ(listed(take({file("app/id_rsa", kKey)})), "0 app/id_rsa 0;");
  EXPECT_EQ(listed(take({file("app/id_rsa", kKey), file("app/.wh.id_rsa", "")})),
            "0 app/id_rsa 0 hidden by 1;");
  EXPECT_EQ(listed(take({file("app/id_rsa", kKey), file("x", ""), file("app/id_rsa", "none")})),
            "0 app/id_rsa 0 hidden by 2;");
}

TEST(ImageSecrets, OneThatLayersCopyIsToldOnce) {
  EXPECT_EQ(listed(take({file("app/id_rsa", kKey), file("app/id_rsa", kKey)})), "0 app/id_rsa 0;");
}

TEST(ImageSecrets, TheConfigurationHasThemToo) {
  const std::string token = std::string("ghp") + "_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx";
  EXPECT_EQ(listed(take({}, "\"config\":{\"Env\":[\"TOKEN=" + token + "\"],\"Labels\":{\"a\":\"" +
                                token + "\"}},\"history\":[{\"created_by\":\"RUN curl -H " + token +
                                "\",\"empty_layer\":true},{\"created_by\":\"ENV TOKEN=" + token +
                                "\",\"empty_layer\":true}],")),
            "1 TOKEN 0;2 a 0;3 RUN 0;");
}

TEST(ImageSecrets, NobodyLooksWhenNobodyAsks) {
  EXPECT_EQ(listed(inventory_of(sample_archive({file("app/id_rsa", kKey)}),
                                {.settings = {.secrets = false}})),
            "");
}

}  // namespace
}  // namespace plimsoll::image
