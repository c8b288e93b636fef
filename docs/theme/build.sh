#!/bin/sh
# Builds static/vendor/designsystemet/designsystemet.css: the municipality's theme and the components that we use.
# Run by `make theme`; needs Node 20 and the npm packages below. The result is vendored, so nobody else needs Node.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${THEME_BUILD_DIR:-$(mktemp -d)}
css_version=1.22.0
cli_version=1.15.0
components="button card details error-summary field fieldset heading input label link list paragraph pagination
skip-link table tag validation-message alert"

cd "$work"
cp "$here/designsystemet.config.json" .
if [ ! -d node_modules/@digdir/designsystemet ]; then
    npm install --no-audit --no-fund "@digdir/designsystemet@$cli_version" "@digdir/designsystemet-css@$css_version" \
        "@fontsource-variable/inter@5.3.0"
fi
npx designsystemet tokens create --config designsystemet.config.json
npx designsystemet tokens build --tokens ./design-tokens --out-dir ./build
source=node_modules/@digdir/designsystemet-css/dist/src
{
    echo "/* Designsystemet CSS $css_version and theme (CLI $cli_version), MIT, Digdir. Built by docs/theme/build.sh. */"
    echo "@layer ds.theme, ds.base, ds.components;"
    # The second, unused typography and the automatic colour scheme are left out: 12 kB that no page asks for.
    python3 "$here/trim.py" build/kommune.css
    printf '@layer ds.base{'; cat "$source/base.css"; echo '}'
    for component in $components; do
        printf '@layer ds.components{'; cat "$source/$component.css"; echo '}'
    done
} > "$root/static/vendor/designsystemet/designsystemet.css"
cp node_modules/@digdir/designsystemet-css/LICENSE "$root/static/vendor/designsystemet/LICENSE"
for subset in latin latin-ext cyrillic; do
    cp "node_modules/@fontsource-variable/inter/files/inter-$subset-wght-normal.woff2" "$root/static/fonts/"
done
cp node_modules/@fontsource-variable/inter/LICENSE "$root/static/fonts/LICENSE-Inter-OFL.txt"
