# Setting up: the environment in .venv, the locked libraries, and on Debian and Ubuntu the system libraries Qt loads.
# A stamp file per lock: set-up runs again only when the lock changed.

SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev

# Qt insists on a UTF-8 locale; a bare machine has none set.
export LC_ALL := $(if $(findstring UTF-8,$(LC_ALL)$(if $(LC_ALL),,$(LANG))),$(LC_ALL),C.UTF-8)
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

UV := uv
UPGRADE ?=
LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet $(UPGRADE)

# The first Python that is new enough; `make PYTHON=/path/to/python3.12 run` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

# Can a window be shown? macOS always can; elsewhere Qt itself is asked, because a set DISPLAY may lead nowhere.
HAS_SCREEN = if [ "$$(uname -s)" = Darwin ]; then true; \
	elif [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then false; \
	else case "$$QT_QPA_PLATFORM" in offscreen|minimal) false;; \
	*) (ulimit -c 0; $(PY) -c 'from PySide6.QtGui import QGuiApplication; QGuiApplication([])'; exit $$?) >/dev/null 2>&1;; esac; fi

# What Qt's window, its screen plugins and its printing load at run time.
QT_FILES = QtWidgets.abi3.so QtSvg.abi3.so QtPrintSupport.abi3.so Qt/plugins/platforms/libqxcb.so \
	Qt/plugins/platforms/libqoffscreen.so Qt/plugins/platforms/libqwayland.so \
	Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so Qt/plugins/printsupport/libcupsprintersupport.so

AS_ROOT = $$([ "$$(id -u)" = 0 ] || echo sudo)
CAN_APT = { command -v apt-get && { [ "$$(id -u)" = 0 ] || command -v sudo; }; } >/dev/null
APT_INSTALL = $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends

# The names of shared libraries that Qt needs and this machine lacks, one a line.
missing_libraries = (cd "$$($(PY) -c 'import pathlib, PySide6; print(pathlib.Path(PySide6.__file__).parent)')" && \
	for f in $(QT_FILES); do [ ! -e "$$f" ] || ldd "$$f"; done 2>/dev/null) | awk '/not found/ && !/libQt6|libpyside6|libshiboken6/ {print $$1}' | sort -u

define TELL_NO_PYTHON
echo "Intake Desk needs Python 3.11 or newer, and none was found on the PATH. Name it: make PYTHON=/path/to/python3.12 run" >&2; exit 1
endef

define TELL_NO_VENV
echo "This Python cannot make an environment (its module ensurepip is missing). On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1
endef

# A library's package is named after it; the few that are not, and the renamed ones of newer releases, are listed.
define INSTALL_QT_LIBRARIES
missing="$$($(missing_libraries))"; \
if [ "$$(uname -s)" = Linux ] && [ -n "$$missing" ]; then \
	if ! $(CAN_APT); then \
		echo "Qt needs these system libraries; install them with this system's package manager:" $$missing >&2; exit 1; \
	fi; \
	echo "Installing the system libraries Qt needs:" $$missing; \
	$(AS_ROOT) apt-get update -qq || exit 1; \
	packages=; \
	for library in $$missing; do \
		case "$$library" in \
			libEGL.so.1) names=libegl1;; \
			libGL.so.1) names=libgl1;; \
			libGLX.so.0) names=libglx0;; \
			libOpenGL.so.0) names=libopengl0;; \
			libX11.so.6) names=libx11-6;; \
			libX11-xcb.so.1) names=libx11-xcb1;; \
			libSM.so.6) names=libsm6;; \
			libICE.so.6) names=libice6;; \
			libdbus-1.so.3) names=libdbus-1-3;; \
			libfontconfig.so.1) names=libfontconfig1;; \
			libfreetype.so.6) names=libfreetype6;; \
			libglib-2.0.so.0|libgthread-2.0.so.0|libgobject-2.0.so.0|libgio-2.0.so.0) names="libglib2.0-0t64 libglib2.0-0";; \
			libcups.so.2) names="libcups2t64 libcups2";; \
			libgssapi_krb5.so.2) names=libgssapi-krb5-2;; \
			libxkbcommon-x11.so.0) names=libxkbcommon-x11-0;; \
			libz.so.1) names=zlib1g;; \
			*) names="$$(echo "$$library" | tr '[:upper:]' '[:lower:]' | sed -E 's/\.so\.([0-9]+).*/\1/')";; \
		esac; \
		for name in $$names; do \
			if apt-cache show "$$name" >/dev/null 2>&1; then packages="$$packages $$name"; break; fi; \
		done; \
	done; \
	$(APT_INSTALL) $$packages >/dev/null || exit 1; \
	still="$$($(missing_libraries))"; \
	if [ -n "$$still" ]; then echo "Qt still lacks these system libraries:" $$still >&2; exit 1; fi; \
fi
endef

# The printing tests start a print server of their own; elsewhere they say by name that it is missing.
define INSTALL_CUPS
if $(CAN_APT) && ! { [ -x /usr/sbin/cupsd ] && [ -x /usr/lib/cups/backend/cups-pdf ]; }; then \
	echo "Installing the print server of the tests (cups, printer-driver-cups-pdf)"; \
	$(AS_ROOT) apt-get update -qq && $(APT_INSTALL) cups cups-client printer-driver-cups-pdf >/dev/null || exit 1; \
fi
endef

$(VENV)/pyvenv.cfg:
	@[ -n "$(PYTHON)" ] || { $(TELL_NO_PYTHON); }
	@if ! "$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null; then \
		$(CAN_APT) || { $(TELL_NO_VENV); }; \
		echo "Installing python3-venv, which this Python lacks."; \
		$(AS_ROOT) apt-get update -qq && $(APT_INSTALL) python3-venv >/dev/null || { $(TELL_NO_VENV); }; \
	fi
	@echo "Making the environment in $(VENV)"
	@"$(PYTHON)" -m venv --clear $(VENV) || { rm -rf $(VENV); $(TELL_NO_VENV); }

$(READY): requirements.txt $(VENV)/pyvenv.cfg
	@echo "Installing the locked libraries"
	@$(PY) -m pip install -q --require-hashes -r requirements.txt
	@$(INSTALL_QT_LIBRARIES)
	@touch $@

$(READY_DEV): requirements-dev.txt $(VENV)/pyvenv.cfg
	@echo "Installing the locked libraries and the tools of the checks"
	@$(PY) -m pip install -q --require-hashes -r requirements-dev.txt
	@$(INSTALL_QT_LIBRARIES)
	@$(INSTALL_CUPS)
	@touch $@
