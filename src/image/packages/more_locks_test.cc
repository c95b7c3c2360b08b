#include <gtest/gtest.h>

#include "image/package_dump.h"

namespace plimsoll::image {
namespace {

TEST(PackageLists, AreReadAsTheirFormatsSay) {
  struct Case {
    const char *kind, *bytes, *want;
  };
  for (const Case& each : {
           Case{"nuget-packages-lock",
                R"({"version": 1, "dependencies": {"net8.0": {"A": {"type": "Direct",
                    "resolved": "1.0"}, "p": {"type": "Project"}}, "net9.0/linux": {"A": {
                    "type": "Transitive", "resolved": "2.0"}}}})",
                "A 1.0, A 2.0"},
           Case{"nuget-packages-config",
                "\xEF\xBB\xBF<?xml version=\"1.0\"?><packages><package id=\"A\" version=\"1\"/>"
                "<package id=\"B\" version=\"2\" developmentDependency=\"true\"/><x/></packages>",
                "A 1, B 2 (dev)"},
           Case{"nuget-packages-props",
                "<Project><PropertyGroup><V>3.0</V></PropertyGroup><ItemGroup>"
                "<PackageVersion Include=' A ' Version='$(v)'/><PackageVersion Include='B'>"
                "<Version>2</Version></PackageVersion><PackageReference Update='C' "
                "Version='$(Other)'/><Compile Include='D' Version='1'/></ItemGroup></Project>",
                "A 3.0, B 2, C"},
           Case{"dotnet-deps-json",
                R"({"runtimeTarget": {"name": "t"}, "targets": {"t": {"A/1": {"runtime": {"a.dll":
                    {}}}, "OnlyRules/1": {"dependencies": {"A": "1"}}}}, "libraries": {"A/1": {},
                    "OnlyRules/1": {}, "runtimepack.R/8": {"type": "runtimepack"}, "x": {}}})",
                "A 1, R 8"},
           Case{"paket-dependencies",
                "source https://x.example/v3 // main\nnuget A ~> 2.6.3 // why\n  nuget B < 2\n"
                "nuget C 1.0 framework: net45\nnuget D >= 1.0 < 2.0 beta\ngithub o/n:1.2 f.fs\n"
                "github o/m:0123456789abcdef\n",
                "o/m, o/n 1.2, A 2.6.3, B, C 1.0, D 1.0"},
           Case{"conan-lock",
                R"({"version": "0.5", "requires": ["a/1.0#rev%1.5", "1.2#x"],
                    "build_requires": ["b/2.0@u/c"], "python_requires": []})",
                "a 1.0, b 2.0 (dev)"},
           Case{"conan-lock",
                R"({"graph_lock": {"nodes": {"0": {"ref": "app/1", "path": "conanfile.py",
                    "requires": ["1"], "build_requires": ["2"]}, "1": {"pref":
                    "a/1.0#r:0#p"}, "2": {"ref": "b/2.0"}}}, "version": "0.4"})",
                "a 1.0, b 2.0 (dev)"},
           Case{"conanfile-txt",
                "[requires]\n# no/1\na/1.0@u/c\nb/[>1.0 <2.0]\n[tool_requires]\nc/3\n[options]\n"
                "d/4:x=True\n",
                "a 1.0, b, c 3 (dev)"},
           Case{"julia-manifest",
                "julia_version = \"1.9\"\nmanifest_format = \"2.0\"\n[[deps.Dates]]\n"
                "uuid = \"u1\"\n[[deps.A]]\nuuid = \"u2\"\nversion = \"1.0\"\n[[deps.B]]\n"
                "uuid = \"u3\"\npath = \"b\"\n",
                "A 1.0, B, Dates 1.9"},
           Case{"julia-manifest", "[[A]]\nuuid = \"u\"\nversion = \"1.0\"\n", "A 1.0"},
           Case{"renv-lock",
                R"({"R": {}, "Packages": {"a": {"Package": "a", "Version": "1", "Repository":
                    "CRAN"}, "b": {"Version": "2", "Source": "Bioconductor"}, "c": {"Version": "3",
                    "Source": "GitHub"}}})",
                "b 2, a 1, c 3"},
           Case{"cabal-freeze",
                "active-repositories: x\nconstraints: any.a ==1.0,\n  any.base installed,\n"
                "  -- any.no ==1,\n  b +flag,\n  p:setup.c ==2.0\nindex-state: any.x ==9\n",
                "a 1.0, c 2.0"},
           Case{"haskell-stack",
                "packages:\n- .\nextra-deps:\n- a-b-1.0@sha256:00,1\n- ../local-1.0\n"
                "- git: https://x.example\n",
                "a-b 1.0"},
           Case{"haskell-stack",
                "packages:\n- completed:\n    hackage: a-1.0@sha256:00,1\n  original:\n"
                "    hackage: a-1.0\n- completed:\n    name: g\n    version: '2'\n    git: x\n",
                "a 1.0, g 2"},
           Case{"cpan", R"({"name": "A-B", "version": "0.10", "meta-spec": {"version": 2}})",
                "A-B 0.10"},
           Case{"cpan", "---\nname: A-B\nversion: 1.10\n", "A-B 1.10"},
           Case{"podfile-lock",
                "PODS:\n  - A (1.0):\n    - B (~> 1)\n  - A/Core (1.0)\nDEPENDENCIES:\n  - C (9)\n",
                "A 1.0, A/Core 1.0"},
           Case{"swift-package-resolved",
                R"({"version": 2, "pins": [{"identity": "a", "location":
                    "https://u@github.com/o/a.git", "state": {"version": "1"}}, {"identity": "b",
                    "location": "git@github.com:o/b.git", "state": {"branch": "main"}}, {"identity":
                    "s.c", "kind": "registry", "location": "", "state": {"version": "3"}}]})",
                "github.com/o/a 1, github.com/o/b main, s.c 3"},
           Case{"opam", "opam-version: \"2.0\"\nname: \"a\"\nversion: \"1.0\"\n", "a 1.0"},
           Case{"composer-installed", R"([{"name": "a/b", "version": "v1"}])", "a/b v1"},
           Case{"composer-installed",
                R"({"packages": [{"name": "a/b", "version": "1"}, {"name": "c/d", "version": "2"}],
                    "dev": true, "dev-package-names": ["c/d"]})",
                "a/b 1, c/d 2 (dev)"},
       }) {
    EXPECT_EQ(dump(read_kind(each.kind, each.bytes)), each.want) << each.kind;
  }
}

TEST(JuliaManifest, SaysWhichPackageOfThatNameItIs) {
  const PackageReading reading =
      read_kind("julia-manifest", "[[A]]\nuuid = \"682c06a0-de6a\"\nversion = \"1.0\"\n");
  ASSERT_EQ(reading.packages.size(), 1U);
  EXPECT_EQ(reading.packages[0].purl, "pkg:julia/A@1.0?uuid=682c06a0-de6a");
  EXPECT_EQ(reading.packages[0].line, 2U);
}

TEST(Opam, IsNamedByItsFolderInASwitch) {
  EXPECT_EQ(dump(read_packages(*find_package_reader("opam"),
                               "home/.opam/4.14/.opam-switch/packages/ocaml-base.4.14.0~rc/opam",
                               "opam-version: \"2.0\"\nlicense: \"MIT\"\n")),
            "ocaml-base 4.14.0~rc");
}

TEST(PackageLists, AnotherFileIsInvalid) {
  for (const char* kind : {"nuget-packages-lock", "nuget-packages-config", "nuget-packages-props",
                           "dotnet-deps-json", "conan-lock", "renv-lock", "haskell-stack", "cpan",
                           "podfile-lock", "swift-package-resolved", "opam", "composer-installed",
                           "java-archive", "gradle-verification-metadata"}) {
    const PackageReading reading = read_kind(kind, "7");
    ASSERT_EQ(reading.problems.size(), 1U) << kind;
    EXPECT_EQ(reading.problems[0].code, ErrorCode::kInvalid) << kind;
  }
}

}  // namespace
}  // namespace plimsoll::image
