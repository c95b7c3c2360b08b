#include "image/registry/pull.h"

#include <gtest/gtest.h>

#include <map>
#include <mutex>

#include "archive/sha256.h"
#include "http/sample_server.h"

namespace plimsoll::image::registry {
namespace {

using http::SampleServer;

/// "GET /v2/app/manifests/1 HTTP/1.1…" → "/v2/app/manifests/1".
std::string target_of(const std::string& head) {
  const std::size_t start = head.find(' ') + 1;
  return head.substr(start, head.find(' ', start) - start);
}

/// A registry in memory; the test may answer in its place.
class PullTest : public testing::Test {
 protected:
  PullTest()
      : server_([this](const std::string& head) {
          const std::lock_guard lock(mutex_);
          if (fault_) {
            if (std::string answer = fault_(head); !answer.empty()) return answer;
          }
          const auto found = documents_.find(target_of(head));
          if (found == documents_.end()) return SampleServer::answer(404, "{}");
          return SampleServer::answer(200, found->second);
        }) {
    put_image("1", "amd64");
  }

  std::string blob(const std::string& bytes) {
    const std::string digest = archive::sha256_of(bytes);
    documents_["/v2/app/blobs/" + digest] = bytes;
    return R"({"digest": ")" + digest + R"(", "size": )" + std::to_string(bytes.size()) + "}";
  }
  std::string put_manifest(const std::string& tag, const std::string& text) {
    documents_["/v2/app/manifests/" + tag] = text;
    documents_["/v2/app/manifests/" + archive::sha256_of(text)] = text;
    return archive::sha256_of(text);
  }
  std::string put_image(const std::string& tag, const std::string& architecture) {
    const std::string config = R"({"os": "linux", "architecture": ")" + architecture +
                               R"(", "rootfs": {"diff_ids": [")" + archive::sha256_of(layer_) +
                               R"("]}})";
    return put_manifest(tag, R"({"schemaVersion": 2, "config": )" + blob(config) +
                                 R"(, "layers": [)" + blob(layer_) + "]}");
  }

  Result<std::unique_ptr<BlobStore>> open(const std::string& name = "app:1",
                                          const Platform& platform = {}) {
    const auto world = std::make_shared<const Surroundings>(Surroundings{
        .files = files_,
        .variable = [this](std::string_view key) { return variables_[std::string(key)]; },
        .ask_helper = {},
        .sleep = [this](std::chrono::seconds time) { slept_ += time; }});
    const auto reference = parse_reference(server_.host() + '/' + name);
    const auto endpoints = endpoints_of(files_, world->variable, *reference, false);
    return open_remote(*reference, *endpoints, platform, world);
  }

  /// What the image's layer holds, or why it cannot be read.
  std::string pull(const std::string& name = "app:1", const Platform& platform = {}) {
    const auto store = open(name, platform);
    if (!store) return store.error().message;
    const auto image = read_saved_image(**store, {.name = {}, .platform = platform});
    if (!image) return image.error().message;
    const auto stream = (*store)->open(image->layers.at(0).path);
    std::string bytes(layer_.size() + 10, '\0');
    const auto got = archive::read_fully(**stream, bytes);
    if (!got) return got.error().message;
    return image->platform.architecture + ' ' + bytes.substr(0, *got);
  }

  void log_in(const std::string& auth) {
    files_.add("/home/.docker/config.json",
               R"({"auths": {")" + server_.host() + R"(": {"auth": ")" + auth + R"("}}})");
    variables_["HOME"] = "/home";
  }

  std::string layer_ = "the layer's bytes";
  std::map<std::string, std::string> documents_;
  std::function<std::string(const std::string& head)> fault_;
  MemoryFileSystem files_;
  std::map<std::string, std::string> variables_;
  std::chrono::seconds slept_{0};
  std::mutex mutex_;
  SampleServer server_;
};

TEST_F(PullTest, GivesAnImageAsALayout) {
  EXPECT_EQ(pull(), "amd64 the layer's bytes");
}

TEST_F(PullTest, WhatIsNotThereIsNotFound) {
  const auto store = open("app:2");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kNotFound);
}

TEST_F(PullTest, AnIndexIsSearchedForThePlatform) {
  const std::string arm = put_image("arm", "arm");
  const std::string s390 = put_image("s390", "s390x");
  put_manifest("1", R"({"schemaVersion": 2, "manifests": [
      {"digest": ")" + s390 +
                        R"(", "platform": {"os": "unknown", "architecture": "unknown"}},
      {"digest": ")" + arm +
                        R"(", "platform": {"os": "linux", "architecture": "arm"}},
      {"digest": ")" + s390 +
                        R"(", "platform": {"os": "linux", "architecture": "s390x"}}]})");
  EXPECT_EQ(pull("app:1", {"linux", "arm", ""}), "arm the layer's bytes");
  EXPECT_EQ(pull("app:1", {"", "s390x", ""}), "s390x the layer's bytes");
  EXPECT_EQ(pull("app:1", {"linux", "mips", ""}),
            "it is not there for linux/mips, but for: linux/arm, linux/s390x (--platform)");
}

TEST_F(PullTest, AnIndexOfOneImageNeedsNoPlatform) {
  const std::string other = put_image("other", "mips64");
  put_manifest("1", R"({"schemaVersion": 2, "manifests": [
      {"digest": ")" + other +
                        R"(", "platform": {"os": "linux", "architecture": "mips64"}}]})");
  EXPECT_EQ(pull(), "mips64 the layer's bytes");
}

TEST_F(PullTest, IndexesWithinIndexesEnd) {
  std::string inner = put_image("inner", "s390x");
  for (int depth = 1; depth <= 5; ++depth) {
    inner =
        put_manifest("1", R"({"schemaVersion": 2, "manifests": [{"digest": ")" + inner + R"("}]})");
    EXPECT_EQ(pull(),
              depth <= 4 ? "s390x the layer's bytes" : "indexes within indexes within indexes");
  }
}

TEST_F(PullTest, ManifestsThatAreNoneAreRefused) {
  const std::pair<std::string, std::string> cases[] = {
      {"{", "the manifest is no JSON"},
      {"[]", "the manifest is no object"},
      {R"({"schemaVersion": 1})",
       "its manifest is of schema 1, which names no configuration "
       "(deprecated since 2017: pull and push it with a current tool)"},
      {"{}", "what it has is neither an image nor an index of images"},
      {R"({"layers": [], "manifests": []})",
       "what it has is neither an image nor an index of images"},
      {R"({"layers": [], "artifactType": "application/spdx+json", "config": {}})",
       "it is no image but an artifact: application/spdx+json"},
      {R"({"layers": 1})", "its layers are no list, or too many"},
      {R"({"layers": []})", "'' is no sha256 digest"},
      {R"({"layers": [], "config": {"digest": "sha256:../../x", "size": 1}})",
       "'sha256:../../x' is no sha256 digest"},
      {R"({"manifests": [{"digest": "sha512:00"}]})", "'sha512:00' is no sha256 digest"},
      {R"({"manifests": {}})", "an index without manifests"},
      {std::string(100'000, '['), "the manifest is JSON that is nested too deeply"},
  };
  for (const auto& [text, why] : cases) {
    put_manifest("1", text);
    EXPECT_EQ(pull(), why);
  }
}

TEST_F(PullTest, EveryDigestIsChecked) {
  documents_["/v2/app/blobs/" + archive::sha256_of(layer_)] = "another layer 456";
  EXPECT_EQ(pull(), "it is not what its digest says");
  documents_["/v2/app/blobs/" + archive::sha256_of(layer_)] = layer_ + "x";
  EXPECT_EQ(pull(), "it is longer than the manifest says");
  const std::string wrong = archive::sha256_of("wrong");
  documents_["/v2/app/manifests/" + wrong] = documents_["/v2/app/manifests/1"];
  EXPECT_EQ(pull("app@" + wrong), "the manifest is not what its digest says");
}

TEST_F(PullTest, AnEmptyBlobHasADigestToo) {
  layer_.clear();
  put_image("1", "amd64");
  EXPECT_EQ(pull(), "amd64 ");
}

TEST_F(PullTest, ABrokenBlobIsTakenUp) {
  fault_ = [this](const std::string& head) -> std::string {
    if (target_of(head) != "/v2/app/blobs/" + archive::sha256_of(layer_)) return {};
    const std::size_t range = head.find("Range: bytes=");
    const std::size_t from = range == std::string::npos ? 0 : std::stoul(head.substr(range + 13));
    const std::string part = layer_.substr(from, 5);
    return "HTTP/1.1 " + std::string(from == 0 ? "200" : "206") +
           " x\r\nContent-Length: " + std::to_string(layer_.size() - from) +
           "\r\nContent-Range: bytes " + std::to_string(from) + "-\r\nConnection: close\r\n\r\n" +
           part;
  };
  EXPECT_EQ(pull(), "amd64 the layer's bytes");
}

TEST_F(PullTest, AnotherPartThanTheOneAskedForIsRefused) {
  fault_ = [this](const std::string& head) -> std::string {
    if (target_of(head) != "/v2/app/blobs/" + archive::sha256_of(layer_)) return {};
    if (head.find("Range: bytes=") != std::string::npos) {
      return SampleServer::answer(206, layer_, "Content-Range: bytes 0-16/17\r\n");
    }
    return "HTTP/1.1 200 x\r\nContent-Length: 17\r\n\r\nthe l";
  };
  EXPECT_EQ(pull(), "it gives another part than was asked for");
}

TEST_F(PullTest, ABusyRegistryIsWaitedFor) {
  int times = 0;
  fault_ = [&times](const std::string&) {
    return ++times > 2 ? std::string() : SampleServer::answer(429, "", "Retry-After: 7\r\n");
  };
  EXPECT_EQ(pull(), "amd64 the layer's bytes");
  EXPECT_EQ(slept_.count(), 14);
}

TEST_F(PullTest, ButNotForEver) {
  fault_ = [](const std::string&) { return SampleServer::answer(503, ""); };
  EXPECT_EQ(pull(), "it answers with status 503");
  EXPECT_EQ(slept_.count(), 1 + 2 + 4 + 8 + 16);
  slept_ = {};
  fault_ = [](const std::string&) { return SampleServer::answer(429, "", "Retry-After: 999\r\n"); };
  EXPECT_EQ(pull(), "it answers with status 429");
  EXPECT_EQ(slept_.count(), 0);
}

TEST_F(PullTest, CredentialsAreSentWhereTheyAreAskedFor) {
  log_in("YWRhOnNlY3JldA==");
  fault_ = [](const std::string& head) -> std::string {
    if (head.find("Authorization: Basic YWRhOnNlY3JldA==\r\n") != std::string::npos) return {};
    return SampleServer::answer(401, "", "WWW-Authenticate: Basic realm=\"r\"\r\n");
  };
  EXPECT_EQ(pull(), "amd64 the layer's bytes");
  EXPECT_EQ(server_.heard().at(0).find("Authorization"), std::string::npos);
}

TEST_F(PullTest, AndNotToAnotherHost) {
  log_in("YWRhOnNlY3JldA==");
  const SampleServer other([this](const std::string& head) {
    return SampleServer::answer(200, documents_.at(target_of(head)));
  });
  fault_ = [&](const std::string& head) -> std::string {
    if (head.find("Authorization: ") == std::string::npos) {
      return SampleServer::answer(401, "", "WWW-Authenticate: Basic realm=\"r\"\r\n");
    }
    if (head.find("/blobs/") == std::string::npos) return {};
    return SampleServer::answer(302, "", "Location: " + other.url(target_of(head)) + "\r\n");
  };
  EXPECT_EQ(pull(), "amd64 the layer's bytes");
  ASSERT_EQ(other.heard().size(), 2U);
  for (const std::string& head : other.heard()) {
    EXPECT_EQ(head.find("Authorization"), std::string::npos) << head;
  }
}

TEST_F(PullTest, AHostThatIsRedirectedToGetsNoneEvenWhenItAsks) {
  log_in("YWRhOnNlY3JldA==");
  const SampleServer other([](const std::string&) {
    return SampleServer::answer(401, "", "WWW-Authenticate: Basic realm=\"r\"\r\n");
  });
  fault_ = [&](const std::string&) {
    return SampleServer::answer(307, "", "Location: " + other.url("/x") + "\r\n");
  };
  EXPECT_EQ(pull(), "it does not let this account read the image");
  EXPECT_EQ(other.heard().size(), 1U);
}

TEST_F(PullTest, ATokenIsFetchedOnceAndForPullingOnly) {
  const SampleServer tokens([](const std::string&) {
    return SampleServer::answer(200, R"({"token": "t0k", "expires_in": 300})");
  });
  fault_ = [&](const std::string& head) -> std::string {
    if (head.find("Authorization: Bearer t0k\r\n") != std::string::npos) return {};
    return SampleServer::answer(401, "",
                                "WWW-Authenticate: Bearer realm=\"" + tokens.url("/t?a=b") +
                                    "\",service=\"s v\",scope=\"registry:catalog:*\"\r\n");
  };
  EXPECT_EQ(pull(), "amd64 the layer's bytes");
  ASSERT_EQ(tokens.heard().size(), 1U);
  EXPECT_EQ(target_of(tokens.heard()[0]), "/t?a=b&scope=repository%3Aapp%3Apull&service=s%20v");
}

TEST_F(PullTest, TokensThatAreNoneAreRefused) {
  const std::pair<std::string, std::string> cases[] = {
      {R"({"token": "a\r\nX: y"})", "its token server gives no token"},
      {R"({"token": ""})", "its token server gives no token"},
      {R"({"token": 1})", "its token server gives no token"},
      {"nonsense", "its token server gives no token"},
      {R"({"token": ")" + std::string(70'000, 't') + "\"}",
       "the answer is larger than 65536 bytes"},
  };
  for (const auto& [body, why] : cases) {
    const SampleServer tokens(
        [&text = body](const std::string&) { return SampleServer::answer(200, text); });
    fault_ = [&](const std::string&) {
      return SampleServer::answer(
          401, "", "WWW-Authenticate: Bearer realm=\"" + tokens.url("/t") + "\"\r\n");
    };
    EXPECT_EQ(pull(), why);
  }
}

TEST_F(PullTest, ATokenServerIsNoOtherThing) {
  for (const char* realm : {"file:///etc/passwd", "", "http://", "//x", "ldap://127.0.0.1/"}) {
    fault_ = [&](const std::string&) {
      return SampleServer::answer(
          401, "", "WWW-Authenticate: Bearer realm=\"" + std::string(realm) + "\"\r\n");
    };
    EXPECT_EQ(pull(), "it names no place to fetch a token from") << realm;
  }
}

TEST_F(PullTest, RedirectsEnd) {
  fault_ = [](const std::string& head) {
    return SampleServer::answer(302, "", "Location: " + target_of(head) + "x\r\n");
  };
  EXPECT_EQ(pull(), "too many redirects");
  EXPECT_EQ(server_.heard().size(), 6U);
}

TEST_F(PullTest, AManifestHasALimit) {
  documents_["/v2/app/manifests/1"] = std::string((4U << 20U) + 1, ' ');
  EXPECT_EQ(pull(), "the answer is larger than 4194304 bytes");
}

TEST_F(PullTest, UrlsOfALayerAreNotFollowed) {
  const SampleServer other([](const std::string&) { return SampleServer::answer(200, "foreign"); });
  const std::string layer = R"({"digest": ")" + archive::sha256_of("foreign") +
                            R"(", "size": 7, "urls": [")" + other.url("/layer") + R"("]})";
  const std::string config =
      R"({"os": "linux", "rootfs": {"diff_ids": [")" + archive::sha256_of("foreign") + R"("]}})";
  put_manifest(
      "1", R"({"schemaVersion": 2, "config": )" + blob(config) + R"(, "layers": [)" + layer + "]}");
  EXPECT_EQ(pull(), "it has no such image");
  EXPECT_TRUE(other.heard().empty());
}

TEST_F(PullTest, AMirrorThatFailsIsPassedOver) {
  const SampleServer lame([](const std::string&) { return SampleServer::answer(500, ""); });
  files_.add("/etc/containers/registries.conf", "[[registry]]\nlocation = \"" + server_.host() +
                                                    "\"\n[[registry.mirror]]\nlocation = \"" +
                                                    lame.host() + "\"\n");
  EXPECT_EQ(pull(), "amd64 the layer's bytes");
  EXPECT_EQ(lame.heard().size(), 1U);
}

}  // namespace
}  // namespace plimsoll::image::registry
