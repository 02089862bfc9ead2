"""What the repository promises as a whole: packaging, locks, image, compose, licence, documentation."""

import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft201909Validator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ("graph", "ingest", "queries", "service")
SECRETS = ("NEO4J_PASSWORD", "ZHIZE_API_KEY")
LOCKS = ("runtime", "dev", "build")


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a plain environment: nothing of this test run (coverage, settings) reaches it."""
    plain = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8", **environment}
    return subprocess.run(command, cwd=cwd, env=plain, capture_output=True, text=True, timeout=300, check=False)


def tracked(*paths: str) -> list[str]:
    return run("git", "-c", "core.quotepath=false", "ls-files", *paths).stdout.splitlines()


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as the Dockerfile builds it: with the locked builder, no network."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    """Page, knowledge, ontology and query catalog travel with the code; tests and tools do not."""
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    ours = {name for name in tracked(*PACKAGES) if (ROOT / name).is_file()}
    assert ours <= packed
    assert {name.split("/")[0] for name in packed} == set(PACKAGES)
    for part in (
        r"service/web/index\.html",
        r"ingest/knowledge/.*\.yaml",
        r"graph/ontology\.yaml",
        r"queries/catalog/.*\.cypher",
    ):
        assert any(re.fullmatch(part, name) for name in packed), part


def test_wheel_carries_its_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("LICENSES.txt") for name in names)


def test_installed_wheel_runs_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, `zhize --help` answers, and the code is the wheel's."""
    environment = tmp_path / "env"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    done = run(str(python), "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", str(wheel))
    assert done.returncode == 0, done.stderr
    own = Path(run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip())
    # The locked dependencies of this run, seen and not copied; of their .pth files none is followed.
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    helped = run(str(environment / "bin" / "zhize"), "--help", cwd=tmp_path)
    assert helped.returncode == 0, helped.stderr
    assert "ask" in helped.stdout
    where = run(str(python), "-c", "import service; print(service.__file__)", cwd=tmp_path).stdout
    assert where.startswith(str(own))


# Locks


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {
        canonicalize_name(n): v for n, v in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", text, re.M)
    }


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_versions_and_hashes_and_no_place(name: str) -> None:
    """Every package has a version and hashes; no URL and no registry is written down."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    entries = re.split(r"^(?=[A-Za-z])", text, flags=re.M)[1:]
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_locks_satisfy_the_project_and_agree() -> None:
    """What pyproject asks for is locked within its bounds, and no package has two versions."""
    runtime, development, build = (pins(name) for name in LOCKS)
    for lock, requirements in (
        (runtime, PROJECT["project"]["dependencies"]),
        (development, PROJECT["dependency-groups"]["dev"]),
        (build, PROJECT["build-system"]["requires"]),
    ):
        for requirement in map(Requirement, requirements):
            assert requirement.specifier.contains(lock[canonicalize_name(requirement.name)]), requirement
    assert runtime.items() <= development.items()
    assert build.items() <= development.items()


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_the_extras_that_its_packages_ask_for(name: str) -> None:
    """A pin without its extras lets older installers look for a newer version, which has no hash: the install fails."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    asked = [
        requirement
        for package in pins(name)
        for requirement in map(Requirement, installed_requirements(package))
        if requirement.extras and (requirement.marker is None or requirement.marker.evaluate({"extra": ""}))
    ]
    for requirement in asked:
        pin = re.search(rf"^{re.escape(requirement.name)}(?:\[(.+)\])?==", text, re.M | re.I)
        assert pin is not None, requirement
        assert requirement.extras <= set((pin.group(1) or "").split(",")), requirement


def installed_requirements(package: str) -> list[str]:
    try:
        return metadata.requires(package) or []
    except metadata.PackageNotFoundError:
        return []  # locked for another platform


# Image and compose


def compose() -> dict[str, dict[str, dict[str, object]]]:
    loaded: dict[str, dict[str, dict[str, object]]] = yaml.safe_load(
        (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    )
    return loaded


def test_compose_file_follows_the_specification() -> None:
    schema = json.loads((ROOT / "tests" / "data" / "compose-spec" / "compose-spec.json").read_text(encoding="utf-8"))
    problems = [error.message for error in Draft201909Validator(schema).iter_errors(compose())]
    assert problems == []


def test_no_secret_has_a_default() -> None:
    """Compose stops with a sentence when a secret is missing; the example names each and fills none."""
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for secret in SECRETS:
        uses = re.findall(rf"\$\{{{secret}([^}}]*)\}}", text)
        assert uses
        assert all(use.startswith(":?") and len(use) > 10 for use in uses)
        assert re.search(rf"^{secret}=$", example, re.M)
    secret_like = re.findall(r"\$\{(\w*(?:PASSWORD|KEY|SECRET|TOKEN)\w*)", text)
    assert set(secret_like) == set(SECRETS)


def test_only_the_service_is_reachable_and_only_from_this_machine() -> None:
    services = compose()["services"]
    assert "ports" not in services["neo4j"]
    assert services["neo4j"]["networks"] == ["store"]
    assert compose()["networks"]["store"]["internal"] is True
    assert services["zhize"]["ports"] == ["${ZHIZE_PUBLISH:-127.0.0.1}:${ZHIZE_PORT:-8000}:8000"]


def test_a_read_only_statement_finds_no_file_on_the_database_server() -> None:
    environment = compose()["services"]["neo4j"]["environment"]
    assert isinstance(environment, dict)
    assert environment["NEO4J_dbms_security_allow__csv__import__from__file__urls"] == "false"


def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def test_image_is_built_from_files_that_are_there_and_sent() -> None:
    """Every COPY from the checkout names something that exists and that .dockerignore lets through."""
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignore
    sent = {line[1:] for line in ignore if line.startswith("!")}
    for words in re.findall(r"^COPY (?!--from)(.+)$", dockerfile(), re.M):
        for source in words.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert source.rstrip("/") in sent, source


def test_image_runs_as_nobody_in_particular_without_builders() -> None:
    """The last stage has a numbered user, a health check and no compiler or installer of its own."""
    last = dockerfile().rsplit("\nFROM ", 1)[1]
    assert "\nUSER zhize" in last
    assert "HEALTHCHECK" in last
    assert not re.search(r"apt-get|pip install|gcc", last)
    assert "--require-hashes" in dockerfile()


# Commands


def test_help_teaches_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    helped = run("make", "help").stdout
    for target in re.findall(r"^\.PHONY: (\w+)$", makefile, re.M):
        assert target == "help" or f"make {target} " in helped, target


def test_continuous_integration_runs_what_a_developer_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text(encoding="utf-8")


def test_a_taken_port_is_said_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("tools/need.sh", "port", sys.executable, port)
    assert done.returncode == 1
    assert done.stderr == (
        f"zhize: port {port} is taken; stop the program that holds it, or choose another: make demo PORT=8001\n"
    )


def test_a_free_port_is_not_mentioned() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    done = run("tools/need.sh", "port", sys.executable, port)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_old_python_is_said_in_one_line(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    done = run("tools/need.sh", "python", str(old))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Python 3.9.2, too old; install Python 3.11 or newer" in done.stderr


def test_a_missing_python_is_said_in_one_line() -> None:
    done = run("tools/need.sh", "python", "")
    assert done.returncode == 1
    assert done.stderr.startswith("zhize: no Python 3.11 or newer was found; install")


@pytest.mark.parametrize("need", ["chromium", "neo4j"])
def test_what_the_tests_need_is_asked_for_with_the_command_that_mends_it(need: str, tmp_path: Path) -> None:
    """On a machine with nothing and no rights, one line says what to install."""
    for name in ("bash", "id"):
        (tmp_path / name).symlink_to(Path("/bin") / name if name == "bash" else Path("/usr/bin") / name)
    done = run("/bin/bash", "tools/need.sh", need, PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "apt-get install" in done.stderr


# Documentation and licence


def test_every_dependency_is_accounted_for() -> None:
    """docs/dependencies.md says of each dependency why it is here, and of nothing else."""
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    named = [canonicalize_name(name) for name in re.findall(r"^\| \*\*([\w.-]+)\*\*", page, re.M)]
    optional = [r for group in PROJECT["project"]["optional-dependencies"].values() for r in group]
    wanted = [*PROJECT["project"]["dependencies"], *optional, *PROJECT["dependency-groups"]["dev"]]
    assert sorted(named) == sorted(canonicalize_name(Requirement(r).name) for r in wanted)


MARKDOWN = [name for name in tracked("*.md") if (ROOT / name).is_file()]


@pytest.mark.parametrize("page", MARKDOWN)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (ROOT / page).parent.joinpath(target).exists(), f"{page} -> {target}"


def test_the_two_readmes_are_twins() -> None:
    """Same sections, same commands, in English and in Chinese."""
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    for pattern in (r"^(#+) ", r"^```(\w*)$", r"!\[[^\]]*\]\(([^)]+)\)"):
        assert re.findall(pattern, english, re.M) == re.findall(pattern, chinese, re.M), pattern
    commands = r"^\$? ?((?:make|zhize|docker|curl|pip) .*?)(?:\s+#.*)?$"
    assert re.findall(commands, english, re.M) == re.findall(commands, chinese, re.M)


def test_licence_is_whole_and_named() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["project"]["license"] == "Apache-2.0"


def test_changelog_names_the_version() -> None:
    assert f"## [{PROJECT['project']['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
