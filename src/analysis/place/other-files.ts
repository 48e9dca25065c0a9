// Files of AI agents, notebooks, histories and recorded data.

export const AI_AGENT_FILES = `
.mcp.json mcp.json mcp*.json *.mcp.json .cursor/** .vscode/mcp.json claude_desktop_config*.json .claude.json .claude/** claude.md claude.local.md agents.md agent.md gemini.md
.cursorrules .windsurfrules .clinerules .clinerules/** .github/copilot-instructions.md .github/prompts/** .github/chatmodes/** copilot-instructions.md .codex/** .gemini/** .qwen/** .continue/** .continuerc.json
.aider* .windsurf/** mcp_config.json .codeium/** cline_mcp_settings.json .roo/** .roomodes .kilocode/** .zed/** opencode.json opencode.jsonc .opencode/**
crush.json .crush.json .goose/** goose/config.yaml .goosehints librechat.{yaml,yml} litellm*.{yaml,yml} .openclaw/** .openhands/** openhands*.toml .lmstudio/** langgraph.json .chainlit/**
.promptfoo* promptfooconfig*.{yaml,yml,json,js,ts} .n8n/** n8n*.json .smithery/** smithery.{yaml,yml} server.json .agents/** .superpowers/** .agent/** .kiro/** .trae/** .junie/** .amazonq/** .augment/**
.factory/** .warp/** .ollama/** modelfile flowise*.json langflow*.json .dify/** .mcp/** llms.txt skill.md
`;

export const NOTEBOOK_FILES = `*.ipynb *.rmd *.qmd *.dbc .ipynb_checkpoints/** *.livemd`;

export const HISTORY_FILES = `
.bash_history .zsh_history .zhistory .sh_history .history .ash_history .python_history .node_repl_history .mysql_history .psql_history .sqlite_history .rediscli_history .mongo_history
.dbshell .irb_history .pry_history .php_history .scala_history fish_history consolehost_history.txt *history.txt .lesshst .viminfo .wget-hsts *.log *.log.* nohup.out npm-debug.log*
yarn-error.log* hs_err_pid* core *.dump *.core *.stackdump *.swp *.swo *.rej *.patch *.diff *.eml *.mbox *.msg logs/**/*.txt log/**/*.txt *.stacktrace crash*.txt
`;

export const DATA_FILES = `
*.sql *.dmp *.csv *.tsv *.parquet *.har *.postman_collection.json *.postman_environment.json *.postman_globals.json postman_globals.json .postman/** insomnia*.{json,yaml,yml} .insomnia/** *.bru
hoppscotch*.json thunder-tests/** *.http *.rest *.paw *-soapui-project.xml *.jmx storagestate*.json *.jsonl *.ndjson *.xls *.xlsx *.db *.sqlite *.sqlite3 *.rdb *.ldif *.bson *.avro
*.zip *.jar *.war *.ear *.aar *.apk *.aab *.ipa *.whl *.egg *.nupkg *.vsix *.xpi *.crx *.gem *.tgz *.tar *.gz *.bz2 *.xz *.zst *.7z *.rar *.docx *.pptx *.odt *.pdf *.rpm *.deb *.iso
*.class *.pyc *.so *.dll *.exe *.wasm *.o *.a *.map
`;
