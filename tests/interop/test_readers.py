"""Tools of others read our files and find what we wrote.

Those in `tools.TOOLS` that are not light are installed, each into an environment of
its own, and run by ``make test-interop``.
"""

import pytest

from tests.interop.tools import TOOLS
from tests.interop.written import write


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("written")
    write(made)
    return made


@pytest.mark.parametrize(
    "tool",
    [
        pytest.param(
            tool, id=tool.name, marks=() if tool.light else pytest.mark.interop
        )
        for tool in TOOLS
    ],
)
def test_reads_our_files(request, tool):
    if not tool.light and request.config.option.markexpr != "interop":
        pytest.skip("make test-interop installs the tool and reads with it")
    assert "boxes" in tool.read(request.getfixturevalue("folder"))
