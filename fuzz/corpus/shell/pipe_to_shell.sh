curl -fsSL https://example.org/install.sh | sudo -E bash -s -- --yes 2>&1 | tee log
