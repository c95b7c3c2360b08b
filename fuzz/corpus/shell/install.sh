set -eux; apt-get update && apt-get install -y --no-install-recommends curl "python3-$V" && rm -rf /var/lib/apt/lists/*
